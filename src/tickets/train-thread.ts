import { type Example, expectedCalibrationError, type ThresholdPoint, thresholdCurve, toBytes, trainModel } from './classify/index.ts';
import type { Weights } from './combine.ts';
import { type JudgedVotes, learnWeights } from './learn-weights.ts';
import { heeded } from './without-instructions.ts';

export type TrainTask = { examples: Example[]; categories: { name: string; description: string }[]; judged: JudgedVotes[] };
export type Trained = {
  data: Uint8Array;
  weights: Weights;
  report: { heldOut: number; calibrationError: number; curve: ThresholdPoint[] };
};

/** Runs in a worker thread: training thousands of tickets takes seconds, in which nothing else could be answered. */
export default ({ examples, categories, judged }: TrainTask): Trained => {
  const model = trainModel(examples.map(heeded), { categories });
  return {
    data: toBytes(model),
    weights: learnWeights(judged),
    report: {
      heldOut: model.heldOut.length,
      calibrationError: expectedCalibrationError(model.heldOut),
      curve: thresholdCurve(model.heldOut),
    },
  };
};
