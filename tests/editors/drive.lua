-- Drives a real Neovim as a user would, and prints what it shows as JSON for test_neovim.py to judge.
--   nvim -l drive.lua INIT PROGRAM
-- This Neovim is only the driver. It starts the one under test as its child and speaks to it by RPC, so that typed keys, completion as
-- one types and floating windows are the real ones. The working directory is the repository to open.

local PATIENCE = 10000 -- milliseconds until a step that has not happened is given up; a hang guard, not a measurement
local seen = {}

local editor = vim.fn.jobstart({ _G.arg[2], "--embed", "--headless", "-n", "-i", "NONE", "-u", _G.arg[1] }, { rpc = true })
assert(editor > 0, "Neovim does not start")

-- Runs code in the editor under test and returns what it returns.
local function ask(code, ...)
  local answer = vim.rpcrequest(editor, "nvim_exec_lua", code, { ... })
  return answer ~= vim.NIL and answer or nil
end

local function type_keys(keys)
  vim.rpcrequest(editor, "nvim_input", keys)
end

-- Notes under `name` what `look` returns, as soon as `enough` says that this is it; what never comes ends the session.
local function note(name, look, enough)
  local came = vim.wait(PATIENCE, function()
    seen[name] = look()
    return seen[name] ~= nil and (enough == nil or enough(seen[name]))
  end, 20)
  if not came then
    error(("waited in vain for “%s”; last seen: %s"):format(name, vim.inspect(seen[name])), 0)
  end
end

local function text()
  return table.concat(vim.rpcrequest(editor, "nvim_buf_get_lines", 0, 0, -1, true), "\n") .. "\n"
end

local function open(file)
  ask("vim.cmd.edit(...)", file)
end

-- Puts the cursor on the first place where the buffer has that text.
local function go_to(words)
  ask([[vim.fn.cursor(1, 1); vim.fn.search("\\V" .. ..., "c")]], words)
end

local function diagnostics()
  return ask([[
    return vim.tbl_map(function(found)
      local range = { found.lnum, found.col, found.end_lnum, found.end_col }
      -- Right after an edit the ranges are still those of the text before it, and may lie outside.
      local inside, lines = pcall(vim.api.nvim_buf_get_text, 0, found.lnum, found.col, found.end_lnum, found.end_col, {})
      return { code = found.code, range = range, marked = inside and lines[1] or "", message = found.message, source = found.source }
    end, vim.diagnostic.get(0))]])
end

local function has(code, marked)
  return function(found)
    return vim.iter(found):any(function(each)
      return each.code == code and (marked == nil or each.marked == marked)
    end)
  end
end

local function hover_window()
  return ask([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), "\n")
      end
    end]])
end

-- The titles of the actions of a kind that the server offers at the cursor.
local function offered(kind)
  return ask([[
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
    params.context = { only = { ... }, diagnostics = {} }
    local answer = client:request_sync("textDocument/codeAction", params, 5000, 0)
    return vim.tbl_map(function(action) return action.title end, answer.result)]], kind)
end

-- Types something, as somebody who looks at what is offered behind each of the words, takes the first then, and notes the line that
-- this makes; leaves the buffer as it was.
local function take(name, ...)
  for _, keys in ipairs({ ... }) do
    type_keys(keys)
    note(name .. ", offered behind " .. keys, function()
      return ask([[
        local info = vim.fn.complete_info({ "pum_visible", "items" })
        return info.pum_visible == 1 and vim.tbl_map(function(item) return item.abbr end, info.items) or nil]])
    end)
  end
  type_keys("<C-n><C-y>")
  local line, times = nil, 0
  note(name, function() -- it comes in several steps: the line is looked at until it rests
    local now = ask("return vim.fn.complete_info().pum_visible == 0 and vim.api.nvim_get_current_line() or nil")
    times = now == line and times + 1 or 0
    line = now
    return times > 10 and line or nil
  end)
  type_keys("<Esc>")
  ask("vim.cmd('silent edit!')")
end

-- The messages so far, once those words are among them.
local function said(words)
  return function()
    local messages = ask("return vim.fn.execute('messages')")
    return messages:find(words, 1, true) and messages or nil
  end
end

local function steps()
  -- A record with problems.
  open("docs/adr/004-berth-planner.md")
  note("client", function()
    return ask([[
      local client = vim.lsp.get_clients({ bufnr = 0 })[1]
      return client and client.initialized
        and { name = client.name, encoding = client.offset_encoding, root = client.root_dir, server = client.server_info.name } or nil]])
  end)
  note("processes", function()
    return ask("return vim.api.nvim_get_proc_children(vim.fn.getpid())")
  end)
  note("diagnostics", diagnostics, has("reference-unknown"))

  go_to("ADR-003")
  type_keys("K")
  note("hover", hover_window)
  go_to("ADR-003")
  type_keys("<C-]>")
  note("definition", function()
    return ask("return { file = vim.fn.expand('%:.'), cursor = vim.api.nvim_win_get_cursor(0), line = vim.api.nvim_get_current_line() }")
  end, function(place)
    return not vim.startswith(place.file, "docs/adr/004")
  end)

  open("docs/adr/004-berth-planner.md")
  go_to("ADR-003")
  type_keys("grr")
  note("references", function()
    return ask([[
      local found = vim.tbl_map(function(item)
        return { vim.fn.fnamemodify(vim.fn.bufname(item.bufnr), ":t"), item.lnum, item.col - 1 }
      end, vim.fn.getqflist())
      return #found > 0 and found or nil]])
  end)
  ask("vim.cmd('cclose')")
  seen["rename offered"] = ask("return vim.lsp.get_clients({ bufnr = 0 })[1]:supports_method('textDocument/rename')") or false

  local link = "./002-positon-store.md" -- a problem below what is typed, whose place moves
  -- What typing brings: the records as soon as “ADR-” is there, and diagnostics of the new text.
  open("docs/adr/005-operator-view.md")
  note("diagnostics before typing", diagnostics, has("not-in-index"))
  go_to("Operators see")
  type_keys("oSee ADR-")
  note("completion", function()
    return ask([[
      local info = vim.fn.complete_info({ "pum_visible", "items" })
      return info.pum_visible == 1 and vim.tbl_map(function(item) return { item.abbr, item.menu } end, info.items) or nil]])
  end)
  type_keys("<C-n><C-y>")
  note("accepted", function()
    return ask("return vim.fn.complete_info().pum_visible == 0 and vim.api.nvim_get_current_line() or nil")
  end)
  type_keys(" and ADR-042 🐙 ADR-043<Esc>")
  note("diagnostics after typing", diagnostics, function(found)
    return has("reference-unknown", "ADR-042")(found) and has("reference-unknown", "ADR-043")(found) and has("link-broken", link)(found)
  end)
  type_keys("u")
  note("diagnostics after undoing", diagnostics, function(found)
    return not has("reference-unknown")(found) and has("link-broken", link)(found)
  end)

  -- What has blanks arrives whole.
  ask("vim.cmd('silent write')")
  open("docs/adr/README.md")
  take("accepted link", "Go- [")
  take("accepted link by title", "Go- [", "t", "i", "d")
  open("docs/adr/004-berth-planner.md")
  go_to("Decision Makers")
  ask("vim.cmd('silent delete')")
  take("accepted key", "O**", "D")
  open("docs/adr/005-operator-view.md")

  -- The fix of a link behind an emoji.
  go_to("002-positon-store")
  ask("vim.lsp.buf.code_action({ context = { only = { 'quickfix' } }, filter = function(action) return action.isPreferred end, apply = true })")
  note("fixed link", function()
    return ask("return vim.api.nvim_get_current_line()")
  end, function(line)
    return not line:find("positon", 1, true)
  end)
  ask("vim.cmd('silent write')")

  -- The fix of the misspelt status.
  open("docs/adr/004-berth-planner.md")
  go_to("Acepted")
  ask("vim.lsp.buf.code_action({ context = { only = { 'quickfix' } }, filter = function(action) return action.isPreferred end, apply = true })")
  note("fixed status", function()
    return ask("return vim.fn.getline('.')")
  end, function(line)
    return not line:find("Acepted", 1, true)
  end)
  note("diagnostics after the fix", diagnostics, function(found)
    return not has("status-unknown")(found)
  end)

  -- The index, with the key that the documentation proposes; the saved record is in it with its new status.
  ask("vim.cmd('silent write')")
  open("docs/adr/README.md")
  note("index diagnostics", diagnostics, has("index-missing-entry"))
  seen["index before"] = text()
  seen["index actions"] = offered("source.updateIndex.adr-ls")
  type_keys("\\au")
  note("index", text, function(now)
    return now ~= seen["index before"]
  end)
  note("index diagnostics after the update", diagnostics, function(found)
    return #found == 0
  end)
  seen["index actions after the update"] = offered("source.updateIndex.adr-ls")
  ask("vim.cmd('silent write')")

  -- A new record, with the command that the documentation proposes, and another status for it.
  open("docs/adr/004-berth-planner.md")
  ask("vim.cmd.LspAdrNew('Quay 🐙 lights')")
  note("new record", function()
    local file = ask("return vim.fn.expand('%:.')")
    return file:find("006", 1, true) and { file = file, cursor = ask("return vim.api.nvim_win_get_cursor(0)"), text = text() } or nil
  end)
  ask("vim.cmd('silent write')")
  go_to("Proposed")
  note("status actions", function()
    local found = offered("refactor.rewrite")
    return #found > 0 and found or nil
  end)
  ask("vim.lsp.buf.code_action({ context = { only = { 'refactor.rewrite' }, diagnostics = {} }, filter = function(action) return action.title:find('Accepted', 1, true) end, apply = true })")
  note("changed status", function()
    return ask("return vim.api.nvim_get_current_line()")
  end, function(line)
    return not line:find("Proposed", 1, true)
  end)
  ask("vim.cmd('silent write')")

  -- Another title for a record: its file and all that refers to it go along, also behind an emoji.
  open("docs/adr/002-position-store.md")
  go_to("Position Store")
  assert(not said("Changed and not saved: ")(), "something before the rename has changed other buffers")
  ask("vim.lsp.buf.rename('Position Archive')")
  note("renamed", function()
    return ask("return vim.api.nvim_buf_get_lines(0, 0, 1, true)[1]")
  end, function(line)
    return line:find("Archive", 1, true) ~= nil
  end)
  -- What other buffers have changed is said last of all. Until then Neovim is still within the edit, from time to time in another
  -- buffer than the window's, where it would go back to whatever is opened meanwhile.
  note("said of the rename", said("Changed and not saved: "))
  seen["renamed file"] = ask("return vim.fn.expand('%:.')")
  ask("vim.cmd('silent wall')")

  -- The commands of the file for the runtime path, and what they say of other buffers.
  local function line(number)
    return function()
      return ask("return vim.api.nvim_buf_get_lines(0, ..., ... + 1, true)[1]", number)
    end
  end
  open("docs/adr/006-quay-lights.md")
  ask("vim.cmd.LspAdrStatus('Deprecated')")
  note("status by command", line(2), function(now)
    return not now:find("Accepted", 1, true)
  end)
  ask("vim.ui.select = function(choices, _, chosen) _G.offered = choices; chosen('Accepted') end")
  ask("vim.cmd.LspAdrStatus()")
  note("status by choice", line(2), function(now)
    return not now:find("Deprecated", 1, true)
  end)
  seen["statuses offered"] = ask("return _G.offered")
  ask("vim.cmd('silent write')")
  ask("vim.cmd.LspAdrSupersede('Quay lamps')")
  note("successor", function()
    local file = ask("return vim.fn.expand('%:.')")
    return file:find("007", 1, true) and text() or nil
  end)
  note("said of the supersession", said("006-quay-lights.md"))
  ask("vim.cmd('silent wall')")
  open("docs/adr/001-message-broker.md")
  ask("vim.cmd.LspAdrFix()")
  note("said of nothing to fix", said("Nothing in this file can be fixed"))
  ask("vim.ui.select = function(choices, _, chosen) chosen(choices[2]) end")
  ask("vim.cmd.LspAdrSupersede()")
  note("superseded by choice", text, function(now)
    return now:find("uperseded by", 1, true) ~= nil
  end)
  ask("vim.cmd('silent wall')")
  open("docs/adr/README.md")
  ask("vim.cmd.LspAdrIndex()")
  note("index by command", text, function(now)
    return now:find("006-quay-lights.md", 1, true) ~= nil
  end)
  ask("vim.cmd('silent wall')")
  ask("vim.cmd.LspAdrIndex()")
  note("said of the index", said("The ADR index is up to date."))
  open("docs/adr/006-quay-lights.md")
  ask("vim.cmd.LspAdrGraph()")
  note("near the record", function()
    local found = ask("return vim.fn.getqflist({ title = 1, items = 1 })")
    return found.title == "Near this ADR" and vim.tbl_map(function(item)
      return item.text
    end, found.items) or nil
  end)

  -- The picker, and the symbols of the workspace.
  open("docs/adr/003-tide-forecast.md")
  ask("_G.offered = nil; vim.ui.select = function(all, given, chosen) _G.offered = vim.tbl_map(given.format_item, all); chosen(all[1]) end")
  ask("vim.cmd.LspAdrList()")
  note("listed", function()
    return ask("return _G.offered and { offered = _G.offered, file = vim.fn.expand('%:t') }")
  end)
  ask("_G.offered = nil; vim.cmd.LspAdrList('lamps quay')")
  note("listed by words", function()
    return ask("return _G.offered and { offered = _G.offered, file = vim.fn.expand('%:t') }")
  end)
  ask("vim.cmd.LspAdrList('nothing of the kind')")
  note("said of nothing listed", said("No decision has"))
  -- “Change the status” is chosen for the record, and then another status than it has.
  ask([[
    _G.offered = {}
    vim.ui.select = function(choices, given, chosen)
      table.insert(_G.offered, vim.tbl_map(given.format_item or tostring, choices))
      local number = #_G.offered
      chosen(choices[number == 1 and 1 or 2 * (4 - number)])
    end]])
  ask("vim.api.nvim_cmd({ cmd = 'LspAdrList', bang = true, args = { 'lamps' } }, {})")
  note("status from the list", function()
    return text():find("# ADR-007", 1, true) and not text():find("**Status**: Proposed", 1, true) and { offered = ask("return _G.offered"), text = text() } or nil
  end)
  ask("vim.cmd('silent wall')")
  ask("vim.lsp.buf.workspace_symbol('team 2025-04')")
  note("symbols", function()
    return ask([[
      local found = vim.tbl_map(function(item) return item.text end, vim.fn.getqflist())
      return #found > 0 and vim.fn.getqflist({ title = 0 }).title:find("ymbol") and found or nil]])
  end)
  ask("vim.cmd('cclose')")

  ask("vim.cmd('checkhealth vim.lsp adr_ls')")
  note("health", function()
    return ask("return vim.bo.filetype == 'checkhealth' and table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\\n') or nil")
  end)
end

local ok, message = pcall(steps)
seen.failure = not ok and tostring(message) or nil
seen.messages = ask("return vim.fn.execute('messages')")

-- Leave as a user does, and see that nothing stays.
vim.rpcnotify(editor, "nvim_command", "qa!")
seen["editor left"] = vim.fn.jobwait({ editor }, PATIENCE)[1]
vim.wait(PATIENCE, function()
  seen["processes left"] = vim.tbl_filter(function(pid)
    return vim.uv.kill(pid, 0) == 0
  end, seen.processes or {})
  return vim.tbl_isempty(seen["processes left"])
end, 20)
vim.fn.jobstop(editor)
io.stdout:write(vim.json.encode(seen), "\n")
