import { type Example, expectedCalibrationError, thresholdCurve, toBytes, trainModel } from './classify/index.ts';

export type TrainTask = { examples: Example[]; categories: { name: string; description: string }[] };
export type Trained = { data: Uint8Array; report: Record<string, unknown> };

/** Runs in a worker thread: training thousands of tickets takes seconds, in which nothing else could be answered. */
export default ({ examples, categories }: TrainTask): Trained => {
  const model = trainModel(examples, { categories });
  return {
    data: toBytes(model),
    report: {
      heldOut: model.heldOut.length,
      calibrationError: expectedCalibrationError(model.heldOut),
      curve: thresholdCurve(model.heldOut),
    },
  };
};
