import { describe, expect, test } from 'vitest';
import {
  type Calibration,
  expectedCalibrationError,
  fitCalibration,
  leanToNoOpinion,
  thresholdCurve,
  thresholdFor,
  toConfidences,
  toProbabilities,
} from '#src/tickets/classify/index.ts';

const noise = (seed: number) => {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4_294_967_296;
};

describe('calibration', () => {
  test('finds the sharpness that scores were made with', () => {
    const random = noise(3);
    const rows = Array.from({ length: 3000 }, () => {
      const scores = [random() * 2, random() * 2, random() * 2];
      const shares = toProbabilities(scores, 4);
      const drawn = random();
      const truth = drawn < (shares[0] as number) ? 0 : drawn < (shares[0] as number) + (shares[1] as number) ? 1 : 2;
      return { scores, truth };
    });
    expect(fitCalibration(rows).sharpness).toBeGreaterThan(3.5);
    expect(fitCalibration(rows).sharpness).toBeLessThan(4.5);
  });

  test('bending the leader keeps the order of the scores and all shares one together', () => {
    const random = noise(11);
    for (let i = 0; i < 300; i++) {
      const scores = Array.from({ length: 1 + Math.floor(random() * 6) }, () => random() * 4 - 2);
      const calibration = { sharpness: 0.5 + random() * 20, slope: 0.2 + random() * 2, shift: random() * 6 - 3, heldOut: 0 };
      const shares = toConfidences(scores, calibration);
      expect(shares.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1);
      expect(shares[scores.indexOf(Math.max(...scores))]).toBe(Math.max(...shares));
    }
  });

  test('with nothing held out the leader is never sure, and the less so the fewer words are known; held-out rows end that', () => {
    const scores = [0.5, -1, -1, -1, -1, -1];
    const leader = (known: number, calibration: Calibration, unknown = 0, agreement = 1) =>
      Math.max(...leanToNoOpinion(toConfidences(scores, calibration), { known, speaking: known, unknown, agreement }, calibration));
    for (const cold of [fitCalibration([], 6), fitCalibration([], 6, true)]) {
      const sure = [0, 1, 2, 4].map((words) => leader(words, cold));
      expect(sure).toEqual([...sure].sort((a, b) => a - b));
      expect(sure[0]).toBeLessThan(0.4);
      expect(sure[1]).toBeLessThan(0.55);
      expect(sure[3]).toBeLessThan(0.85);
      const checked = { ...cold, heldOut: 10_000 };
      expect(leader(0, checked)).toBeCloseTo(Math.max(...toConfidences(scores, checked)), 2);
    }
    const [cold, told] = [fitCalibration([], 6), fitCalibration([], 6, true)];
    // Told by phrases: one word that speaks for it is not enough, and what is not known speaks against being sure.
    expect(leader(1, told)).toBeLessThan(0.5);
    expect(leader(4, told, 20)).toBeLessThan(leader(4, told) - 0.2);
    // Words that speak for others as well say the less, the less they agree.
    expect(leader(8, told, 8, 0.2)).toBeLessThan(leader(8, told, 8, 0.4) - 0.1);
    expect(leader(8, told, 8, 0.4)).toBeLessThan(leader(8, told, 8));
    // The order is never changed, and all together are still one.
    const shares = leanToNoOpinion(toConfidences([0.2, 0.4, 0.1], cold), { known: 0, speaking: 0, unknown: 0, agreement: 0 }, cold);
    expect([...shares].indexOf(Math.max(...shares))).toBe(1);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  test('the error is none when every confidence comes true and large when none does', () => {
    const right = Array.from({ length: 100 }, (_, i) => ({ confidence: 0.75, right: i % 4 !== 0 }));
    expect(expectedCalibrationError(right)).toBeCloseTo(0);
    expect(expectedCalibrationError(right.map((one) => ({ ...one, right: false })))).toBeCloseTo(0.75);
    expect(expectedCalibrationError([])).toBe(0);
  });

  test('right, wrong and abstained are everything at every threshold', () => {
    const random = noise(5);
    const judged = Array.from({ length: 500 }, () => {
      const confidence = random();
      return { confidence, right: random() < confidence };
    });
    let before = -1;
    for (const { right, wrong, abstained } of thresholdCurve(judged)) {
      expect(right + wrong + abstained).toBeCloseTo(1);
      expect(abstained).toBeGreaterThanOrEqual(before);
      before = abstained;
    }
  });

  test('the threshold for a wanted precision keeps it, and there is none where it cannot be had', () => {
    const random = noise(7);
    const judged = Array.from({ length: 2000 }, () => {
      const confidence = random();
      return { confidence, right: random() < confidence };
    });
    const threshold = thresholdFor(judged, 0.9);
    const standing = judged.filter((one) => one.confidence >= (threshold ?? 2));
    expect(standing.length).toBeGreaterThan(100);
    expect(standing.filter((one) => one.right).length / standing.length).toBeGreaterThanOrEqual(0.9);
    expect(
      thresholdFor(
        judged.map((one) => ({ ...one, right: false })),
        0.9,
      ),
    ).toBeNull();
    expect(thresholdFor([], 0.9)).toBeNull();
  });
});
