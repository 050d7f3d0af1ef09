---@brief
---
--- https://github.com/adr-ls/adr-ls
---
--- A language server for Architecture Decision Records: diagnostics, navigation, completion and indexes for logs of ADRs.
---
--- It can be installed via `pip`:
---
--- ```sh
--- pip install adr-ls
--- ```
---
--- Commands in every buffer that it serves:
---
--- - `:LspAdrNew {title}` makes an ADR.
--- - `:LspAdrStatus [status]` gives this one another status; without one it asks which.
--- - `:LspAdrSupersede [title]` has this one superseded by a new ADR; without a title it asks by which.
--- - `:LspAdrFix` applies all safe fixes to this file.
--- - `:LspAdrIndex` brings the index up to date.
--- - `:LspAdrList [words]` offers all ADRs, those that need attention first; with `!` it asks what to do with the chosen one. It needs
---   `lua/adr_ls/picker.lua`.
--- - `:LspAdrGraph [steps]` lists the ADRs near this one in the quickfix list, with how they stand to each other.
---
--- What changes in other buffers is said, as it is not saved: `:wall` does that.

-- Has the server run a command; `done` is given what it answers.
local function execute(client, bufnr, command, argument, done)
  client:request("workspace/executeCommand", { command = command, arguments = { argument } }, function(failure, answer)
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    elseif done then
      done(answer)
    end
  end, bufnr)
end

-- Asks people for a title, with one to begin with; `done` is given what they say.
local function ask_title(first, done)
  vim.ui.input({ prompt = "What is decided? ", default = first }, function(title)
    if title and vim.trim(title) ~= "" then
      done(title)
    end
  end)
end

-- Asks the server something about the buffer; `done` is given its answer, but not where it has none.
local function ask(client, bufnr, method, done)
  client:request(method, { textDocument = { uri = vim.uri_from_bufnr(bufnr) } }, function(failure, answer)
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    elseif not answer or answer == vim.NIL then
      vim.notify("This file is no ADR.", vim.log.levels.WARN)
    else
      done(answer)
    end
  end, bufnr)
end

-- The buffers that the last edit changed and that nothing was said of.
local changed = {}

-- Says which buffers besides the current one the last edit has changed and left unsaved.
local function say()
  local names = {}
  for bufnr in pairs(changed) do
    if bufnr ~= vim.api.nvim_get_current_buf() then
      changed[bufnr] = nil
      if vim.bo[bufnr].modified then
        table.insert(names, vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":."))
      end
    end
  end
  if #names > 0 then
    table.sort(names)
    vim.notify(("Changed and not saved: %s (:wall saves all)"):format(table.concat(names, ", ")))
  end
end

-- Neovim's own handler of a method, after which is said what the edit has changed that `edit` finds in its argument.
local function saying(method, edit)
  return function(failure, given, context)
    local answer = vim.lsp.handlers[method](failure, given, context)
    changed = {}
    for _, change in ipairs((edit(given) or {}).documentChanges or {}) do
      if change.textDocument then
        changed[vim.uri_to_bufnr(change.textDocument.uri)] = true
      end
    end
    say()
    return answer
  end
end

local function supersede(client, bufnr, given)
  given.uri = vim.uri_from_bufnr(bufnr)
  execute(client, bufnr, "adr-ls.supersede", given)
end

-- Asks which record supersedes the one in the buffer, or the title of a new one.
local function ask_successor(client, bufnr)
  ask(client, bufnr, "adr-ls/successors", function(found)
    if found.reason and found.reason ~= vim.NIL then
      vim.notify(found.reason, vim.log.levels.WARN)
      return
    end
    local choices = vim.list_extend({ { id = "A new ADR" } }, found.records)
    local function shown(one)
      return one.uri and ("%s: %s"):format(one.id, one.title) or one.id
    end
    vim.ui.select(choices, { prompt = "Superseded by", format_item = shown }, function(one)
      if one and one.uri then
        supersede(client, bufnr, { by = one.uri })
      elseif one then
        ask_title("", function(title)
          supersede(client, bufnr, { title = title })
        end)
      end
    end)
  end)
end

local function set_status(client, bufnr, status)
  ask(client, bufnr, "adr-ls/record", function(record)
    local function set(chosen)
      if chosen and vim.list_contains(record.asking, chosen) then
        ask_successor(client, bufnr)
      elseif chosen then
        execute(client, bufnr, "adr-ls.setStatus", { uri = vim.uri_from_bufnr(bufnr), status = chosen })
      end
    end
    if status ~= "" then
      set(status)
    else
      vim.ui.select(record.statuses, { prompt = ("Status of %s"):format(record.id) }, set)
    end
  end)
end

-- The commands, each with what it is called with: the client, the buffer and what was written behind it.
local commands = {
  LspAdrNew = {
    "Make an ADR with that title",
    "+",
    function(client, bufnr, title)
      ask(client, bufnr, "adr-ls/templates", function(templates)
        local function make(template)
          local uri = template and template.uri
          execute(client, bufnr, "adr-ls.newRecord", { title = title, uri = vim.uri_from_bufnr(bufnr), template = uri })
        end
        if #templates < 2 then
          return make()
        end
        local function shown(template)
          return template.name
        end
        vim.ui.select(templates, { prompt = "From which template?", format_item = shown }, function(template)
          if template then
            make(template)
          end
        end)
      end)
    end,
  },
  LspAdrStatus = { "Give this ADR another status", "?", set_status },
  LspAdrSupersede = {
    "Have this ADR superseded, by a new one with that title",
    "*",
    function(client, bufnr, title)
      if title == "" then
        ask_successor(client, bufnr)
      else
        supersede(client, bufnr, { title = title })
      end
    end,
  },
  LspAdrFix = {
    "Apply all safe fixes to this file",
    0,
    function(client, bufnr)
      execute(client, bufnr, "adr-ls.fixAll", vim.uri_from_bufnr(bufnr), function(answer)
        if answer.edits == 0 then
          vim.notify("Nothing in this file can be fixed without a choice.")
        end
      end)
    end,
  },
  LspAdrIndex = {
    "Bring the ADR index up to date",
    0,
    function(client, bufnr)
      execute(client, bufnr, "adr-ls.updateIndex", vim.uri_from_bufnr(bufnr), function(answer)
        if answer.edits == 0 then
          vim.notify("The ADR index is up to date.")
        end
      end)
    end,
  },
}

local function list(given)
  local there, picker = pcall(require, "adr_ls.picker")
  if there then
    picker.pick({ query = given.args ~= "" and given.args or nil, ask = given.bang })
  else
    vim.notify("The picker is not there; put lua/adr_ls/picker.lua on the runtime path", vim.log.levels.WARN)
  end
end

-- The records of a graph but for one, as items of the quickfix list, each with how it stands to others.
local function near(graph, uri)
  local ids, said, items = {}, {}, {}
  for _, node in ipairs(graph.nodes) do
    ids[node.uri], said[node.uri] = node.id, {}
  end
  for _, edge in ipairs(graph.edges) do
    local text = ("%s %s %s"):format(ids[edge.from], edge.kind, ids[edge.to])
    table.insert(said[edge.from], text)
    table.insert(said[edge.to], text)
  end
  for _, node in ipairs(graph.nodes) do
    if node.uri ~= uri then
      local text = ("%s: %s (%s): %s"):format(node.id, node.title, node.standing, table.concat(said[node.uri], ", "))
      table.insert(items, { filename = vim.uri_to_fname(node.uri), lnum = 1, text = text })
    end
  end
  return items
end

commands.LspAdrGraph = {
  "List the ADRs near this one",
  "?",
  function(client, bufnr, steps)
    local uri = vim.uri_from_bufnr(bufnr)
    client:request("adr-ls/graph", { textDocument = { uri = uri }, depth = tonumber(steps) or 1 }, function(failure, graph)
      if failure then
        return vim.notify(failure.message, vim.log.levels.ERROR)
      end
      local items = near(graph, uri)
      if #items == 0 then
        return vim.notify("No ADR is near this file.")
      end
      vim.fn.setqflist({}, " ", { title = "Near this ADR", items = items })
      vim.cmd("botright copen")
    end, bufnr)
  end,
}

-- What a code action asks of the server, where people have to be asked first: for a title, or for the successor.
local function asking(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local given = vim.deepcopy(command.arguments[1])
  if command.command == "adr-ls.supersede" and not given.title and not given.by then
    ask_successor(client, vim.uri_to_bufnr(given.uri))
  elseif given.ask then
    given.ask = nil
    ask_title(given.title, function(title)
      given.title = title
      execute(client, context.bufnr, command.command, given)
    end)
  else
    execute(client, context.bufnr, command.command, given)
  end
end

---@type vim.lsp.Config
return {
  cmd = { "adr-ls" },
  filetypes = { "markdown" },
  root_markers = { ".git", "adr-ls.toml", ".adr-ls.toml" },
  commands = {
    ["adr-ls.newRecord"] = asking,
    ["adr-ls.supersede"] = asking,
    -- The code lens “referenced by …”: all of them in the quickfix list, where the server would only ask for one.
    ["adr-ls.showReferences"] = function(command, context)
      local place = command.arguments[1]
      local client = assert(vim.lsp.get_client_by_id(context.client_id))
      local params = { textDocument = { uri = place.uri }, position = place.position, context = { includeDeclaration = false } }
      client:request("textDocument/references", params, function(_, found)
        local items = vim.lsp.util.locations_to_items(found or {}, client.offset_encoding)
        vim.fn.setqflist({}, " ", { title = "References", items = items })
        vim.cmd("botright copen")
      end)
    end,
  },
  handlers = {
    ["workspace/applyEdit"] = saying("workspace/applyEdit", function(asked)
      return asked.edit
    end),
    ["textDocument/rename"] = saying("textDocument/rename", function(edit)
      return edit
    end),
    -- What was current before another file is shown is no longer.
    ["window/showDocument"] = function(failure, asked, context)
      local answer = vim.lsp.handlers["window/showDocument"](failure, asked, context)
      say()
      return answer
    end,
  },
  on_attach = function(client, bufnr)
    for name, command in pairs(commands) do
      local description, count, run = unpack(command)
      vim.api.nvim_buf_create_user_command(bufnr, name, function(given)
        run(client, bufnr, given.args)
      end, { nargs = count, desc = description })
    end
    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrList", list, { nargs = "*", bang = true, desc = "Choose one of all ADRs" })
  end,
}
