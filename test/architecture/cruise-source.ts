// Reads a source tree's imports, type imports included, and judges them by the rules.

import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { importRules } from './import-rules.ts';

export interface Cruised {
  /** Every source file that was read, relative to the tree's root. */
  readonly modules: readonly string[];
  /** Sentences: rule, from, to. */
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

export async function cruiseSource(root: string): Promise<Cruised> {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      // Beside TypeScript 7 the tool finds no compiler that it knows, and without a parser it reads nothing and passes.
      parser: 'swc',
      tsPreCompilationDeps: true,
      validate: true,
      doNotFollow: { path: 'node_modules' },
      ruleSet: { forbidden: [...importRules] },
    },
    {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  );
  const result = output as ICruiseResult;
  return {
    modules: result.modules.map((module) => module.source).filter((source) => /^src\/.*\.tsx?$/.test(source)),
    violations: result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}
