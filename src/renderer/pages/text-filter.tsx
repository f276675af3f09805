/** The text that a list is narrowed by. Typing shows at once and goes to the link behind it, when the fingers rest. */
import { useEffect, useRef, useState, type Ref } from 'react';

type TextFilterProps = {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onLeaveToList: () => void;
  readonly input: Ref<HTMLInputElement>;
};

const FINGERS_REST_MS = 150;

export function TextFilter({ label, text, onText, onLeaveToList, input }: TextFilterProps) {
  const [typed, setTyped] = useState(text);
  const pushed = useRef(text);
  const timer = useRef<number>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  useEffect(() => {
    if (text === pushed.current) return;
    pushed.current = text;
    setTyped(text);
  }, [text]);
  const push = (next: string) => {
    setTyped(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      pushed.current = next;
      onText(next);
    }, FINGERS_REST_MS);
  };
  return (
    <label className="filter-text">
      <input
        ref={input}
        className="field"
        type="text"
        spellCheck={false}
        maxLength={80}
        aria-label={label}
        placeholder={`${label}…`}
        value={typed}
        onChange={(event) => push(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeaveToList();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            if (typed === '') event.currentTarget.blur();
            else push('');
          }
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
