//! Starts adr-ls for Markdown in Zed: the program that the settings name, or else the one on the PATH. Nothing is downloaded.

use zed_extension_api::{
    self as zed, serde_json, settings::LspSettings, LanguageServerId, Result, Worktree,
};

struct AdrLs;

impl zed::Extension for AdrLs {
    fn new() -> Self {
        AdrLs
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let (path, arguments) = binary.map_or((None, None), |set| (set.path, set.arguments));
        let command = path.or_else(|| worktree.which("adr-ls")).ok_or(
            "adr-ls is not on the PATH. Install it with “pip install adr-ls”, or name the program in the settings: \
             {\"lsp\": {\"adr-ls\": {\"binary\": {\"path\": \"…\"}}}}",
        )?;
        Ok(zed::Command {
            command,
            args: arguments.unwrap_or_default(),
            env: worktree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.initialization_options)
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.settings)
    }
}

zed::register_extension!(AdrLs);
