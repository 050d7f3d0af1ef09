/** Does something once there has been rest for some milliseconds. */
export function later(rest: number, work: () => void): { soon(): void; dispose(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    soon: () => {
      clearTimeout(timer);
      timer = setTimeout(work, rest);
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
