// Stands in for Microsoft's Python extension, which is not to be had from a package registry: the part of its interface that tells which
// interpreter is chosen, as https://github.com/microsoft/vscode-python/blob/main/pythonExtensionApi describes it.
const vscode = require("vscode");

exports.activate = (context) => {
  let chosen = process.env.ADR_LS_E2E_PYTHON;
  const changes = new vscode.EventEmitter();
  context.subscriptions.push(
    changes,
    vscode.commands.registerCommand("standin.choose", (path) => {
      chosen = path;
      changes.fire({ path });
    }),
  );
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: chosen, path: chosen }),
      resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
      onDidChangeActiveEnvironmentPath: changes.event,
    },
  };
};
