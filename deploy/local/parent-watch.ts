import { processInfo, type ProcessInfo } from "./process-info.ts";

const everyMs = 500;

/**
 * Calls `gone` when the command that started us is killed: `npm start`, or the shell and launcher between it and us. A terminal that
 * closes sends a signal instead, and a platform started without npm may outlive its shell.
 */
export function watchParents(gone: (who: string) => void, env: NodeJS.ProcessEnv = process.env): { stop(): void } {
  const watched = env.npm_lifecycle_event ? ancestorsUpToNpm() : launcherOnly(env);
  if (watched.length === 0) return { stop: () => {} };
  const timer = setInterval(() => {
    const lost = watched.find((each) => processInfo(each.pid)?.start !== each.start);
    if (!lost) return;
    clearInterval(timer);
    gone(lost.command.split(" ").slice(0, 2).join(" "));
  }, everyMs);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** Our parent, its parent and so on, up to npm and no further; nothing when npm is not among them. */
function ancestorsUpToNpm(): ProcessInfo[] {
  const found: ProcessInfo[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < 6;) {
    const info = processInfo(pid);
    if (!info) break;
    found.push(info);
    if (/\bnpm\b/.test(info.command)) return found;
    pid = info.parent;
  }
  return [];
}

function launcherOnly(env: NodeJS.ProcessEnv): ProcessInfo[] {
  const info = env.HERALD_LAUNCHER_PID ? processInfo(Number(env.HERALD_LAUNCHER_PID)) : null;
  return info ? [info] : [];
}
