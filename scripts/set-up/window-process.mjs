// Runs Electron on the built application and keeps from the terminal what is noise on machines without a desktop.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { passSignalsTo } from './child-process.mjs';
import { root } from './places.mjs';
import { Refusal } from './talk.mjs';

/** Chromium on D-Bus and GPUs that a headless machine does not have, and GTK on themes it does not have. */
const noise = [
  /^\[\d+:\d+\/[\d.]+:(ERROR|WARNING|INFO):.*(bus\.cc|dbus|viz_main_impl|gpu_|gl_|gles2|angle|egl|vulkan|vaapi|command_buffer|shared_image|raster_buffer|surface_manager|display\.cc|power_|upower|udev|network_service_instance)/i,
  /^(libEGL|libGL|MESA|libva|ALSA lib)\b/,
  /(Gtk|GLib|GLib-GIO|GdkPixbuf|dconf|Atk|AtSpi)-(WARNING|Message|CRITICAL)/,
  /^Gtk-Message:/,
];

/** @param {string} line */
const isNoise = (line) => noise.some((pattern) => pattern.test(line));

/**
 * As root Chromium refuses to start with its sandbox; for anybody else the sandbox stays.
 */
const sandboxArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

/**
 * Runs the application to its end.
 * @param {{ electron: string, args: string[], env: NodeJS.ProcessEnv, timeoutMs?: number }} window
 * @returns {Promise<number>} its exit code
 */
export function runWindow({ electron, args, env, timeoutMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(electron, [...sandboxArguments(), root, ...args], {
      env,
      cwd: root,
      stdio: ['inherit', 'inherit', 'pipe'],
    });
    const release = passSignalsTo(child);
    const timer = timeoutMs ? setTimeout(stop, timeoutMs) : undefined;
    let tooLate = false;
    let sandboxIsRefused = false;
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (/SUID sandbox helper binary|No usable sandbox/.test(line)) sandboxIsRefused = true;
      if (!isNoise(line)) process.stderr.write(`${line}\n`);
    });
    child.on('error', (error) =>
      reject(new Refusal(`Electron did not start: ${error.message}`, `${electron} --version`)),
    );
    child.on('close', (code, signal) => {
      release();
      clearTimeout(timer);
      if (tooLate)
        reject(new Refusal(`The application did not come to an end within ${(timeoutMs ?? 0) / 1000} s.`, 'npm start'));
      else if (sandboxIsRefused) reject(sandboxRefusal());
      else resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });

    function stop() {
      tooLate = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 3000).unref();
    }
  });
}

/** Some distributions forbid the user namespaces that Chromium's sandbox is made of. */
const sandboxRefusal = () =>
  new Refusal(
    "This system does not let ordinary users make the namespaces that Chromium's sandbox needs, and Switchyard does not run without its sandbox.",
    'sudo sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0',
  );
