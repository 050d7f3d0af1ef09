-- All decision records in one picker, those that need attention first: `require("adr_ls.picker").pick()`, or `:LspAdrList`.
--
-- It is that of snacks.nvim, telescope.nvim or fzf-lua where one of these is there, and else `vim.ui.select`, which others take the place
-- of. In the first three a record is opened with Enter, and their own keys open it in a split or a tab; M-s has it superseded, M-c
-- changes its status, M-n makes a new one in its log. `pick({ ask = true })`, or `:LspAdrList!`, asks what to do with the chosen one.
local M = {}

-- Opens a record, and runs one of the commands of `lsp/adr_ls.lua` there.
local function open(entry, command, argument)
  vim.cmd.edit(vim.fn.fnameescape(entry.file))
  if not command then
    return
  end
  -- A buffer that was opened just now has its commands once the client is attached to it.
  if vim.wait(1000, function()
    return vim.fn.exists(":" .. command) == 2
  end, 10) then
    vim.cmd[command](argument)
  else
    vim.notify((":%s is not there; put lsp/adr_ls.lua on the runtime path"):format(command), vim.log.levels.WARN)
  end
end

-- What can be done with a record, each with its words and its key in pickers that have keys.
M.actions = {
  { name = "open", words = "Open", run = open },
  {
    name = "split",
    words = "Open in a split",
    run = function(entry)
      vim.cmd.split(vim.fn.fnameescape(entry.file))
    end,
  },
  {
    name = "preview",
    words = "Preview",
    run = function(entry)
      vim.cmd.pedit(vim.fn.fnameescape(entry.file))
    end,
  },
  {
    name = "status",
    words = "Change the status",
    key = "<M-c>",
    run = function(entry)
      open(entry, "LspAdrStatus")
    end,
  },
  {
    name = "supersede",
    words = "Supersede",
    key = "<M-s>",
    run = function(entry)
      open(entry, "LspAdrSupersede")
    end,
  },
  {
    name = "new",
    words = "New record in the same log",
    key = "<M-n>",
    run = function(entry)
      vim.ui.input({ prompt = "What is decided? " }, function(title)
        if title and vim.trim(title) ~= "" then
          open(entry, "LspAdrNew", title)
        end
      end)
    end,
  },
}

local function some(value)
  return value ~= nil and value ~= vim.NIL and value ~= ""
end

-- A record as a picker has it: `words` are shown, `found_by` is what is looked for in.
local function entry_of(record)
  local shown = { record.id .. (some(record.title) and record.title ~= record.id and ": " .. record.title or "") }
  for _, reason in ipairs(record.attention) do
    table.insert(shown, "! " .. reason.reason)
  end
  local people = #record.owners > 0 and record.owners or record.deciders
  local labels = vim.list_extend(vim.list_slice(record.areas), record.tags)
  for _, part in ipairs({ record.status, record.date, table.concat(labels, ", "), table.concat(people, ", ") }) do
    if some(part) then
      table.insert(shown, part)
    end
  end
  local words = table.concat(shown, " · ")
  return { words = words, found_by = words .. " " .. (some(record.summary) and record.summary or ""), file = vim.uri_to_fname(record.uri), record = record }
end

-- The records of what `adr-ls/records` answers, those that need attention first.
function M.entries(overview)
  local found, rank = {}, {}
  for at, uri in ipairs(overview.attention) do
    rank[uri] = at
  end
  for _, log in ipairs(overview.logs) do
    for _, record in ipairs(log.records) do
      rank[record.uri] = rank[record.uri] or #overview.attention + #found + 1
      table.insert(found, entry_of(record))
    end
  end
  table.sort(found, function(one, other)
    return rank[one.record.uri] < rank[other.record.uri]
  end)
  return found
end

-- The pickers: each is given the records, and shows them, or returns false where it is not there. A query is what is looked for first.
M.pickers = {
  snacks = function(entries, query)
    local there, snacks = pcall(require, "snacks")
    if not there or not snacks.picker then
      return false
    end
    local actions, keys = {}, {}
    for _, action in ipairs(M.actions) do
      if action.key then
        keys[action.key] = { "adr_" .. action.name, mode = { "n", "i" }, desc = action.words }
        actions["adr_" .. action.name] = function(picker, item)
          picker:close()
          action.run(item.entry)
        end
      end
    end
    snacks.picker({
      title = "Decisions",
      search = query,
      pattern = query,
      items = vim.tbl_map(function(entry)
        return { text = entry.found_by, file = entry.file, entry = entry }
      end, entries),
      format = function(item)
        return { { item.entry.words } }
      end,
      matcher = { sort_empty = false },
      actions = actions,
      win = { input = { keys = keys } },
    })
  end,
  telescope = function(entries, query)
    local there, pickers = pcall(require, "telescope.pickers")
    if not there then
      return false
    end
    local config, state = require("telescope.config").values, require("telescope.actions.state")
    pickers
      .new({}, {
        prompt_title = "Decisions",
        default_text = query,
        finder = require("telescope.finders").new_table({
          results = entries,
          entry_maker = function(entry)
            return { value = entry, display = entry.words, ordinal = entry.found_by, path = entry.file, filename = entry.file }
          end,
        }),
        sorter = config.generic_sorter({}),
        previewer = config.file_previewer({}),
        attach_mappings = function(prompt, map)
          for _, action in ipairs(M.actions) do
            if action.key then
              map({ "i", "n" }, action.key, function()
                local chosen = state.get_selected_entry()
                require("telescope.actions").close(prompt)
                if chosen then
                  action.run(chosen.value)
                end
              end, { desc = action.words })
            end
          end
          return true
        end,
      })
      :find()
  end,
  fzf = function(entries, query)
    local there, fzf = pcall(require, "fzf-lua")
    if not there or vim.fn.executable("fzf") == 0 then
      return false
    end
    local by_line, lines = {}, {}
    for at, entry in ipairs(entries) do
      -- The file comes first, for the preview, and is not shown.
      lines[at] = ("%s:1:\t%s"):format(entry.file, entry.found_by)
      by_line[lines[at]] = entry
    end
    local actions = {}
    for _, action in ipairs(M.actions) do
      local key = action.name == "open" and "enter" or action.key and action.key:gsub("<M%-(.)>", "alt-%1")
      if key then
        actions[key] = function(chosen)
          if by_line[chosen[1]] then
            action.run(by_line[chosen[1]])
          end
        end
      end
    end
    fzf.fzf_exec(lines, {
      prompt = "Decisions> ",
      query = query,
      previewer = "builtin",
      actions = actions,
      fzf_opts = { ["--delimiter"] = "\t", ["--with-nth"] = "2..", ["--no-hscroll"] = true },
    })
  end,
  select = function(entries, query, run)
    local words = vim.split(vim.fn.tolower(query or ""), "%s+", { trimempty = true })
    local fitting = vim.tbl_filter(function(entry)
      local found_by = vim.fn.tolower(entry.found_by)
      return vim.iter(words):all(function(word)
        return found_by:find(word, 1, true) ~= nil
      end)
    end, entries)
    if #fitting == 0 then
      vim.notify(("No decision has “%s”."):format(query), vim.log.levels.WARN)
      return
    end
    local function shown(entry)
      return entry.words
    end
    vim.ui.select(fitting, { prompt = "Decisions", kind = "adr-ls", format_item = shown }, function(entry)
      if entry then
        run(entry)
      end
    end)
  end,
}

local function ask_what(entry)
  local function shown(action)
    return action.words
  end
  vim.ui.select(M.actions, { prompt = entry.record.id, format_item = shown }, function(action)
    if action then
      action.run(entry)
    end
  end)
end

-- Shows the picker. Of `options`, `picker` is the name of one of `M.pickers`, `query` what is looked for first, `ask` whether to ask what
-- to do with the chosen record, for which `vim.ui.select` is used.
function M.pick(options)
  options = options or {}
  local client = vim.lsp.get_clients({ name = "adr_ls" })[1]
  if not client then
    vim.notify("adr-ls is not running: it starts with the first Markdown file that is opened.", vim.log.levels.WARN)
    return
  end
  client:request("adr-ls/records", vim.empty_dict(), function(failure, overview)
    local entries = not failure and M.entries(overview) or {}
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    elseif #entries == 0 then
      vim.notify("There are no decision records here.", vim.log.levels.WARN)
    elseif options.ask then
      M.pickers.select(entries, options.query, ask_what)
    else
      for _, name in ipairs(options.picker and { options.picker } or { "snacks", "telescope", "fzf", "select" }) do
        if M.pickers[name](entries, options.query, open) ~= false then
          return
        end
      end
    end
  end)
end

return M
