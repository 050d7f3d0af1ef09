// Runs in the workbench beside the extension under test and does for it what would be slow and chancy with keys: running a command by
// its name and opening a file at a place. What is tested is done with keys and the mouse, and looked at on the page.
const { createServer } = require("node:http");
const vscode = require("vscode");

const actions = {
  run: ({ command, args }) => vscode.commands.executeCommand(command, ...args),
  async open({ file, start, end }) {
    const document = await vscode.workspace.openTextDocument(file);
    const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
    await vscode.window.showTextDocument(document, { selection, preview: false });
    await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
  },
  text: async ({ file }) => (await vscode.workspace.openTextDocument(file)).getText(),
  editor() {
    const editor = vscode.window.activeTextEditor;
    return editor && { file: editor.document.uri.fsPath, line: editor.selection.active.line, character: editor.selection.active.character };
  },
  set: ({ name, value }) => vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Workspace),
};

exports.activate = (context) => {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", async () => {
      try {
        const { action, ...given } = JSON.parse(body);
        response.end(JSON.stringify({ result: (await actions[action](given)) ?? null }));
      } catch (error) {
        response.end(JSON.stringify({ error: String(error) }));
      }
    });
  });
  server.listen(process.env.ADR_LS_E2E_SOCKET);
  context.subscriptions.push({ dispose: () => server.close() });
};
