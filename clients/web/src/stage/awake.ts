// Keeps the screen on while the stage is shown. Browsers let go of it whenever the page is out of sight, so it is asked for again.

/** Returns how to end it. */
export function stayAwake(): () => void {
  // Missing in older browsers, and outside of https and localhost: then the device's own settings hold.
  if (!('wakeLock' in navigator)) return () => undefined;
  let lock: Promise<WakeLockSentinel | null> = Promise.resolve(null);
  const seen = (): void => {
    if (document.visibilityState === 'visible') lock = lock.then((held) => (held?.released === false ? held : hold()));
  };
  seen();
  document.addEventListener('visibilitychange', seen);
  return () => {
    document.removeEventListener('visibilitychange', seen);
    void lock.then((held) => held?.release());
  };
}

async function hold(): Promise<WakeLockSentinel | null> {
  try {
    return await navigator.wakeLock.request('screen');
  } catch (refused) {
    // A battery that runs low, or a policy of the house: nothing else depends on it.
    console.info('The screen may go dark.', refused);
    return null;
  }
}
