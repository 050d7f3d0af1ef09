/** Pyodide wants a worker that is a module, which VS Code cannot make; all that it needs is `import()`, which any worker has. */

Reflect.set(self, "importScripts", undefined);
