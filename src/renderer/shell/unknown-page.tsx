/** A link to a page this version does not have. */
import { Link } from '@tanstack/react-router';

export function UnknownPage() {
  return (
    <section className="failure">
      <h1>There is no such page</h1>
      <p>
        The link leads to a page that this version of Switchyard does not have. It may be from a newer version, or
        mistyped.
      </p>
      <div className="failure-actions">
        <Link className="btn primary" to="/live">
          Go to Live
        </Link>
      </div>
    </section>
  );
}
