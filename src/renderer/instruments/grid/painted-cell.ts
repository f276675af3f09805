/**
 * Cells that live: their text follows the clock and the telemetry without a transaction, a React render or a re-sort.
 * Only cells on the screen exist, so a repaint costs by what is seen, not by the size of the fleet.
 */
import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';

export type CellLook<R> = {
  /** Everything that `paint` depends on, as text: the cell is painted again only when it changes. */
  readonly key: (record: R) => string;
  readonly paint: (cell: HTMLElement, record: R) => void;
};

type Repaintable = { readonly repaint: () => void };

/** The living cells of one grid. */
export type LivingCells = {
  readonly add: (cell: Repaintable) => void;
  readonly remove: (cell: Repaintable) => void;
  readonly repaint: () => void;
};

export function makeLivingCells(): LivingCells {
  const cells = new Set<Repaintable>();
  return {
    add: (cell) => cells.add(cell),
    remove: (cell) => cells.delete(cell),
    repaint: () => {
      for (const cell of cells) cell.repaint();
    },
  };
}

/** A cell renderer class for one column. */
export function paintedCell<R>(look: CellLook<R>, living: LivingCells | undefined): new () => ICellRendererComp<R> {
  return class PaintedCell implements ICellRendererComp<R> {
    readonly box = document.createElement('span');
    record: R | undefined;
    painted: string | undefined;

    init(params: ICellRendererParams<R>): void {
      this.box.className = 'painted-cell';
      this.record = params.data;
      living?.add(this);
      this.repaint();
    }

    getGui(): HTMLElement {
      return this.box;
    }

    refresh(params: ICellRendererParams<R>): boolean {
      this.record = params.data;
      this.repaint();
      return true;
    }

    repaint(): void {
      if (this.record === undefined) return;
      const key = look.key(this.record);
      if (key === this.painted) return;
      this.painted = key;
      look.paint(this.box, this.record);
    }

    destroy(): void {
      living?.remove(this);
    }
  };
}

/** Keeps ink off the document while nobody looks: at most `hertz` repaints a second, none in a hidden window. */
export function repaintRegularly(repaint: () => void, hertz: number): () => void {
  let frame: number | undefined;
  const timer = setInterval(() => {
    if (document.hidden || frame !== undefined) return;
    frame = requestAnimationFrame(() => {
      frame = undefined;
      repaint();
    });
  }, 1000 / hertz);
  return () => {
    clearInterval(timer);
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
