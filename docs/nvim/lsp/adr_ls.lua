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

-- Has the server run one of its commands, and says why where it cannot.
local function run(client, bufnr, command, argument)
  client:request("workspace/executeCommand", { command = command, arguments = { argument } }, function(failure)
    if failure then
      vim.notify(failure.message, vim.log.levels.ERROR)
    end
  end, bufnr)
end

-- Asks for a title first where a code action has only one to begin with.
local function asking(command, context)
  local client = assert(vim.lsp.get_client_by_id(context.client_id))
  local argument = vim.deepcopy(command.arguments[1])
  if not argument.ask then
    return run(client, context.bufnr, command.command, argument)
  end
  argument.ask = nil
  vim.ui.input({ prompt = "What is decided? ", default = argument.title }, function(title)
    if title and title ~= "" then
      argument.title = title
      run(client, context.bufnr, command.command, argument)
    end
  end)
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
    -- Says which other files a change went into: their buffers are not written yet.
    ["workspace/applyEdit"] = function(failure, params, context)
      local result = vim.lsp.handlers["workspace/applyEdit"](failure, params, context)
      local others = {}
      for _, change in ipairs(params.edit.documentChanges or {}) do
        local uri = change.textDocument and change.textDocument.uri
        if uri and vim.uri_to_bufnr(uri) ~= vim.api.nvim_get_current_buf() then
          table.insert(others, vim.fn.fnamemodify(vim.uri_to_fname(uri), ":."))
        end
      end
      if #others > 0 then
        vim.notify(("Changed, and to be written by :wall: %s"):format(table.concat(others, ", ")))
      end
      return result
    end,
  },
  on_attach = function(client, bufnr)
    local function uri()
      return vim.uri_from_bufnr(bufnr)
    end

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrNew", function(command)
      run(client, bufnr, "adr-ls.newRecord", { title = command.args, uri = uri() })
    end, { nargs = "+", desc = "Make an ADR with that title" })

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrSupersede", function(command)
      run(client, bufnr, "adr-ls.supersede", { uri = uri(), title = command.args ~= "" and command.args or nil })
    end, { nargs = "*", desc = "Supersede this ADR by a new one with that title; without one it is asked which supersedes it" })

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrStatus", function(command)
      if command.args ~= "" then
        return run(client, bufnr, "adr-ls.setStatus", { uri = uri(), status = command.args })
      end
      client:request("adr-ls/record", { textDocument = { uri = uri() } }, function(_, record)
        if not record then
          return vim.notify("This file is no ADR.", vim.log.levels.WARN)
        end
        vim.ui.select(record.statuses, { prompt = ("Status of %s:"):format(record.id) }, function(status)
          if status then
            run(client, bufnr, "adr-ls.setStatus", { uri = uri(), status = status })
          end
        end)
      end, bufnr)
    end, { nargs = "*", desc = "Give this ADR another status; without one it is asked which" })

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrFix", function()
      run(client, bufnr, "adr-ls.fixAll", uri())
    end, { desc = "Apply all safe fixes to this file" })

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrIndex", function()
      vim.lsp.buf.code_action({ context = { only = { "source.updateIndex.adr-ls" }, diagnostics = {} }, apply = true })
    end, { desc = "Bring the ADR index up to date" })
  end,
}
