/** A profile without meters: what that means for the screens, and what can be done today. */
import { useState } from 'react';
import { copyText } from '../../instruments/clipboard/copy-text.ts';

const TRY_ONE = 'npm run tool -- read-meter --host HOST:PORT --unit 1 --profile eastron-sdm630';

export function NoMeters() {
  const [copied, setCopied] = useState(false);
  return (
    <div className="no-meters">
      <section className="card" aria-label="Meters">
        <header>
          <h2>No meter is set up in this profile</h2>
        </header>
        <div className="no-meters-body">
          <p>
            So the power of the sites is not measured here, and no screen claims to know it. Vehicles, charge points and
            sessions do not need a meter and are shown as always.
          </p>
          <p>
            Meters are read over a serial line: an adapter in this computer, or a serial device server in the depot.
            They cannot be set up from this window yet. Whoever looks after this console can try one today from a
            terminal in its folder, with the device server’s address for HOST:PORT. That reads the meter once and
            changes nothing:
          </p>
          <p className="no-meters-command">
            <code className="mono">{TRY_ONE}</code>
            <button type="button" className="btn" onClick={() => void copyText(TRY_ONE).then(setCopied)}>
              {copied ? 'Copied' : 'Copy the command'}
            </button>
          </p>
          <p className="muted">The demo has meters on two lines, to look at and to break.</p>
        </div>
      </section>
    </div>
  );
}
