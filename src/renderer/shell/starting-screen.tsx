/** Shown while a profile opens: which one, and the step it is at. A start of under 300 ms shows nothing at all. */
import { useEffect, useState } from 'react';

const PATIENCE_MS = 300;

export function StartingScreen({ profileName, step }: { readonly profileName: string; readonly step: string }) {
  const [patient, setPatient] = useState(true);
  const [elapsedS, setElapsedS] = useState(0);

  useEffect(() => {
    const startedAt = performance.now();
    const patience = window.setTimeout(() => setPatient(false), PATIENCE_MS);
    const seconds = window.setInterval(() => setElapsedS(Math.floor((performance.now() - startedAt) / 1000)), 1000);
    return () => {
      window.clearTimeout(patience);
      window.clearInterval(seconds);
    };
  }, []);

  if (patient) return null;
  return (
    <main className="starting" aria-busy="true">
      <h1 className="brand">Switchyard</h1>
      <p>Opening {profileName}</p>
      <div className="starting-bar" aria-hidden="true" />
      <p className="muted" role="status">
        {step}
        {elapsedS >= 3 && <span className="starting-elapsed"> · {elapsedS} s</span>}
      </p>
    </main>
  );
}
