export type BenchOptions = {
  /** A file or folder of real data; without it a benchmark makes its own input. */
  data?: string;
  /** Where a quality benchmark writes its raw predictions, JSON lines. */
  out?: string;
  engine?: string;
  limit?: number;
  /** Worker threads to measure with. */
  threads?: number;
  /** Of what is left to chance. */
  seed?: number;
  /** Tells on stderr what happens meanwhile. */
  verbose?: boolean;
};

/** It prints, it does not judge: figures by name, in the units their names end with. */
export type Benchmark = { name: string; about: string; run(options: BenchOptions): Promise<Record<string, unknown>> };
