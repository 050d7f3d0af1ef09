-- What an older Neovim shows of adr-ls, as JSON for test_neovim.py. Run in the editor itself:
--   nvim --headless -u INIT FILE -c "luafile older.lua"
local seen = {}

local function session()
  vim.wait(10000, function()
    return vim.iter(vim.diagnostic.get(0)):any(function(found)
      return found.code == "reference-unknown"
    end)
  end, 20)
  seen.diagnostics = vim.tbl_map(function(found)
    return { found.code, vim.api.nvim_buf_get_text(0, found.lnum, found.col, found.end_lnum, found.end_col, {})[1] }
  end, vim.diagnostic.get(0))

  vim.fn.search("\\VADR-003", "c")
  vim.lsp.buf.definition()
  vim.wait(10000, function()
    return vim.fn.expand("%:t") == "003-tide-forecast.md"
  end, 20)
  seen.definition = { vim.fn.expand("%:t"), vim.fn.line(".") }

  vim.cmd.edit("docs/adr/005-operator-view.md")
  vim.wait(10000, function()
    return #vim.lsp.get_clients({ bufnr = 0 }) > 0
  end, 20)
  seen.omnifunc = vim.bo.omnifunc
  vim.cmd.edit("docs/adr/README.md")
  vim.wait(10000, function()
    return #vim.diagnostic.get(0) > 0
  end, 20)
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, true)
  -- What the documentation proposes
  vim.lsp.buf.code_action({ context = { only = { "source.updateIndex.adr-ls" } }, apply = true })
  vim.wait(10000, function()
    return #vim.api.nvim_buf_get_lines(0, 0, -1, true) > #before
  end, 20)
  seen.index = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n") .. "\n"
end

local ok, message = pcall(session)
seen.failure = not ok and tostring(message) or nil
io.stdout:write(vim.json.encode(seen), "\n")
vim.cmd("qa!")
