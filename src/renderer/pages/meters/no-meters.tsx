/** A profile without meters: what that means for the screens, and the one thing to do about it. */
import { useNavigate } from '@tanstack/react-router';

export function NoMeters() {
  const navigate = useNavigate();
  const addLine = () => void navigate({ to: '/commissioning', search: {} } as never);
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
            Meters are read over a serial line: an adapter in this computer, or a serial device server in the depot. The
            console looks for them by itself, says what it found, and changes nothing in them.
          </p>
          <p>
            <button type="button" className="btn solid" onClick={addLine} autoFocus>
              Set up the first line
            </button>
          </p>
          <p className="muted">The demo has meters on lines of its own, to look at and to break.</p>
        </div>
      </section>
    </div>
  );
}
