package io.github.smartaug.augment;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.transform.Geometry;
import io.github.smartaug.transform.Images;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * An augmentation policy: draws transforms for a batch of images and applies them.
 *
 * <p>Two methods make a policy: {@link #draw(int, RandomGenerator)} and {@link #apply}. A policy
 * that learns has {@link #learnedParameters} too, which {@link #apply} is differentiable in, and
 * {@link #withParameters}, which makes the same policy with other values of them. {@link #project}
 * and {@link #penalty} say where these may go and which of them are better. That is all that
 * training asks of it.
 */
public interface Augmenter {
  /** Draws what is to be done to a batch of that many images. */
  Draws draw(int images, RandomGenerator random);

  /** Whether it matters to {@link #draw(int[], RandomGenerator)} which class an image is of. */
  default boolean usesClasses() {
    return false;
  }

  /**
   * Draws what is to be done to images of known classes.
   *
   * @param classes of the images, from 0
   */
  default Draws draw(int[] classes, RandomGenerator random) {
    return draw(classes.length, random);
  }

  /**
   * Applies draws of this policy.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param draws for B images
   * @return augmented images and loss weights, differentiable with respect to what is learned
   * @throws IllegalArgumentException if the images are not a batch
   */
  Augmented apply(Tensor images, Draws draws);

  /**
   * Draws for a paired probe: what the derivative of the expected loss with respect to the policy
   * is found with, at far less noise than from the draws that training makes.
   *
   * @param classes of the images, from 0
   * @return empty if the policy cannot list what it chooses from
   */
  default Optional<ProbeDraws> drawProbe(int[] classes, RandomGenerator random) {
    return Optional.empty();
  }

  /**
   * Applies the draws of a probe.
   *
   * @param images float [A*B,C,H,W] in [0,1], copy by copy; not changed
   * @param draws made by {@link #drawProbe} of this policy, of whatever parameters
   * @return augmented images, and weights whose {@link LossWeights#meanOf mean of losses} is an
   *     unbiased estimate of the expected loss of an image, and so are its derivatives
   */
  default Augmented applyProbe(Tensor images, ProbeDraws draws) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no draws of a probe to apply");
  }

  /**
   * Draws for trials of what the policy chooses from, one after the other.
   *
   * @param classes of the images, from 0
   * @return empty if the policy cannot list that, or treats classes differently
   */
  default Optional<TrialDraws> drawTrials(int[] classes, RandomGenerator random) {
    return Optional.empty();
  }

  /**
   * Applies the draws of a trial.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param alternative one of {@link #drawTrials} of this policy, of whatever parameters
   * @return images in the caller's scope, without history
   */
  default Tensor applyTrial(Tensor images, TrialDraws.Alternative alternative) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no draws of a trial to apply");
  }

  /**
   * How many of the images have the transform of a trial, as the policy draws now, from 0 to 1.
   *
   * @param alternative one of {@link #drawTrials} of this policy, of whatever parameters
   */
  default double drawnShare(TrialDraws.Alternative alternative) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no trials");
  }

  /**
   * Which trials are worth more images, because what they tell apart is small and matters most: the
   * values of what is drawn often.
   *
   * @param trials made by {@link #drawTrials} of this policy, of whatever parameters
   * @return by number; none by default
   */
  default int[] refinedTrials(TrialDraws trials) {
    return new int[0];
  }

  /**
   * The expected worth of what the policy draws.
   *
   * @param trials made by {@link #drawTrials} of this policy, of whatever parameters
   * @param worth of each at equal shares, a change of a loss
   * @param worthAsDrawn of each at its {@link #drawnShare}
   * @return without dimensions. Its derivative by what decides over choices is that of {@code sum_t
   *     P_t worth_t}, worth_t being the least of the trials of a transform; that by its magnitude
   *     is {@code P_t} times the difference quotient of {@code worthAsDrawn} between its trials
   */
  default Tensor expectation(TrialDraws trials, double[] worth, double[] worthAsDrawn) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " has no trials to take a mean of");
  }

  /**
   * How {@link #apply} moves the pixels of images, so that masks, boxes and keypoints can follow.
   *
   * @param draws for B images
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @return in the current scope
   * @throws UnsupportedOperationException if the policy does not tell
   */
  default Geometry geometry(Draws draws, int height, int width) {
    throw new UnsupportedOperationException(
        getClass().getSimpleName() + " does not tell how it moves pixels");
  }

  /** Whether images are changed at all; if not, training looks at each image only once. */
  default boolean changesImages() {
    return true;
  }

  /**
   * The tensors that the policy is made of: what is learned, and constants. Who keeps the policy
   * beyond a scope holds these.
   */
  default NamedTensors parameters() {
    return learnedParameters();
  }

  /** The parameters that are learned, float, of any names and shapes; empty if nothing is. */
  default NamedTensors learnedParameters() {
    return NamedTensors.empty();
  }

  /**
   * What the learned parameters are to the policy, by name, which says how they are best moved;
   * those that are not named are moved as any numbers.
   */
  default Map<String, ParameterRole> roles() {
    return Map.of();
  }

  /**
   * What the entries of a learned scale are to each other and to images, row by row; empty if that
   * is not known.
   *
   * @param parameter its name
   */
  default Optional<ScaleUse> scaleUse(String parameter) {
    return Optional.empty();
  }

  /**
   * Names of the entries of a learned parameter, for reports, row by row.
   *
   * @param parameter its name
   * @return as many as the parameter has entries, or none where they have only numbers
   */
  default List<String> entryNames(String parameter) {
    return List.of();
  }

  /** Whether there is anything to learn. */
  default boolean learns() {
    return !learnedParameters().isEmpty();
  }

  /**
   * The same policy with other values of its parameters. A policy without learned parameters
   * returns itself.
   *
   * @param replaced by name: all {@link #learnedParameters}, or all {@link #parameters}
   */
  default Augmenter withParameters(NamedTensors replaced) {
    if (learns()) {
      throw new UnsupportedOperationException(
          getClass().getSimpleName()
              + ": withParameters is missing, allowed: learned parameters together with it");
    }
    return this;
  }

  /**
   * Brings parameters back into their ranges after a meta step.
   *
   * @param moved what was learned, by name, and perhaps other tensors that are not of this policy,
   *     which stay as they are
   * @return of the same names and shapes, in the current scope
   */
  default NamedTensors project(NamedTensors moved) {
    return moved;
  }

  /**
   * What the outer loss adds, times a factor that the training options give: small where the
   * learned parameters are to go.
   *
   * @return without dimensions, differentiable in the learned parameters, in the current scope;
   *     empty for none
   */
  default Optional<Tensor> penalty() {
    return Optional.empty();
  }

  /** The policy as one that chooses from a set of transforms, for reports; empty if it is not. */
  default Optional<TransformPolicy> transformPolicy() {
    return Optional.empty();
  }

  /** Factor of the logits in the sampling distribution, for reports; NaN if there is none. */
  default double temperature() {
    return Double.NaN;
  }

  /**
   * The learned parameters as numbers, for the history of a run.
   *
   * @param epoch number of epochs done, from 0
   * @return {@link PolicySnapshot#NONE} if the policy has no history
   */
  default PolicySnapshot snapshot(int epoch) {
    return PolicySnapshot.NONE;
  }

  /**
   * The policy in an epoch, for one that follows a schedule; others are the same in all.
   *
   * @param epoch from 1
   * @param epochs length of the run
   */
  default Augmenter inEpoch(int epoch, int epochs) {
    return this;
  }

  /** What it does, in a few words for people. */
  default String description() {
    return getClass().getSimpleName();
  }

  /**
   * Draws and applies in one go.
   *
   * @throws IllegalArgumentException if the images are not a batch, float [B,C,H,W]
   */
  default Augmented augment(Tensor images, RandomGenerator random) {
    Images.requireBatch(images);
    return apply(images, draw(Math.toIntExact(images.size(0)), random));
  }
}
