/** Paths of the disk as the server in WebAssembly has them, whose system is like Linux. */

/** The path by which the server knows a directory of the disk: `C:\x` is `/c:/x`. */
export function virtual(directory: string): string {
  const drive = /^([A-Za-z]):[\\/]*/.exec(directory);
  return drive === null ? directory : `/${(drive[1] ?? "").toLowerCase()}:/${directory.slice(drive[0].length).replaceAll("\\", "/")}`;
}
