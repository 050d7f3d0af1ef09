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

---@type vim.lsp.Config
return {
  cmd = { "adr-ls" },
  filetypes = { "markdown" },
  root_markers = { ".git", "adr-ls.toml", ".adr-ls.toml" },
  commands = {
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
  on_attach = function(client, bufnr)
    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrNew", function(command)
      local arguments = { { title = command.args, uri = vim.uri_from_bufnr(bufnr) } }
      client:exec_cmd({ title = "New ADR", command = "adr-ls.newRecord", arguments = arguments }, { bufnr = bufnr }, function(failure)
        if failure then
          vim.notify(failure.message, vim.log.levels.ERROR)
        end
      end)
    end, { nargs = "+", desc = "Make an ADR with that title" })

    vim.api.nvim_buf_create_user_command(bufnr, "LspAdrIndex", function()
      vim.lsp.buf.code_action({ context = { only = { "source.updateIndex.adr-ls" }, diagnostics = {} }, apply = true })
    end, { desc = "Bring the ADR index up to date" })
  end,
}
