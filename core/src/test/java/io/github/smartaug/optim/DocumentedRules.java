package io.github.smartaug.optim;

import static java.lang.Math.abs;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.pow;
import static java.lang.Math.signum;
import static java.lang.Math.sqrt;

import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The rules of PyTorch's documentation, for one number each and in plain arithmetic, of the
 * optimizers that libtorch's binding does not have.
 */
final class DocumentedRules {
  private DocumentedRules() {}

  /** A rule with its running values. */
  abstract static class Rule {
    final double lr;
    final double wd;
    int t;

    Rule(Hyperparameters values) {
      lr = value(values, Hyperparameters.LEARNING_RATE);
      wd =
          values.contains(Hyperparameters.WEIGHT_DECAY)
              ? value(values, Hyperparameters.WEIGHT_DECAY)
              : 0;
    }

    final double next(double x, double gradient) {
      t++;
      return step(x, gradient);
    }

    abstract double step(double x, double gradient);

    static double value(Hyperparameters values, String name) {
      return values.get(name).value();
    }
  }

  /** What those with two moments have in common. */
  abstract static class MomentRule extends Rule {
    final double b1;
    final double b2;
    double m;
    double v;

    MomentRule(Hyperparameters values) {
      super(values);
      b1 = value(values, Hyperparameters.BETA1);
      b2 = value(values, Hyperparameters.BETA2);
    }

    final void moveMoments(double g) {
      m = b1 * m + (1 - b1) * g;
      v = b2 * v + (1 - b2) * g * g;
    }
  }

  static final class OfAdadelta extends Rule {
    private final double rho;
    private final double eps;
    private double v;
    private double u;

    OfAdadelta(DifferentiableAdadelta adadelta, Hyperparameters values) {
      super(values);
      rho = value(values, DifferentiableAdadelta.RHO);
      eps = adadelta.epsilon();
    }

    @Override
    double step(double x, double gradient) {
      double g = gradient + wd * x;
      v = rho * v + (1 - rho) * g * g;
      double delta = sqrt(u + eps) / sqrt(v + eps) * g;
      u = rho * u + (1 - rho) * delta * delta;
      return x - lr * delta;
    }
  }

  static final class OfAdamax extends MomentRule {
    private final double eps;
    private double u;

    OfAdamax(DifferentiableAdamax adamax, Hyperparameters values) {
      super(values);
      eps = adamax.epsilon();
    }

    @Override
    double step(double x, double gradient) {
      double g = gradient + wd * x;
      moveMoments(g);
      u = max(b2 * u, abs(g) + eps);
      return x - lr * m / ((1 - pow(b1, t)) * u);
    }
  }

  static final class OfNAdam extends MomentRule {
    private final DifferentiableNAdam nadam;
    private double product = 1;

    OfNAdam(DifferentiableNAdam nadam, Hyperparameters values) {
      super(values);
      this.nadam = nadam;
    }

    @Override
    double step(double x, double gradient) {
      boolean decoupled = nadam.weightDecay() == WeightDecay.DECOUPLED;
      double decayed = decoupled ? x - lr * wd * x : x;
      double g = decoupled ? gradient : gradient + wd * x;
      double mu = mu(t);
      product *= mu;
      moveMoments(g);
      double mHat = mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu) * g / (1 - product);
      double vHat = v / (1 - pow(b2, t));
      return decayed - lr * mHat / (sqrt(vHat) + nadam.epsilon());
    }

    private double mu(int step) {
      return b1 * (1 - 0.5 * pow(0.96, step * nadam.momentumDecay()));
    }
  }

  static final class OfRAdam extends MomentRule {
    private final DifferentiableRAdam radam;

    OfRAdam(DifferentiableRAdam radam, Hyperparameters values) {
      super(values);
      this.radam = radam;
    }

    @Override
    double step(double x, double gradient) {
      boolean decoupled = radam.weightDecay() == WeightDecay.DECOUPLED;
      double decayed = decoupled ? x - lr * wd * x : x;
      moveMoments(decoupled ? gradient : gradient + wd * x);
      double mHat = m / (1 - pow(b1, t));
      double rhoInf = 2 / (1 - b2) - 1;
      double rho = rhoInf - 2 * t * pow(b2, t) / (1 - pow(b2, t));
      if (rho <= 5) {
        return decayed - lr * mHat;
      }
      double l = sqrt(1 - pow(b2, t)) / (sqrt(v) + radam.epsilon());
      double r = sqrt((rho - 4) * (rho - 2) * rhoInf / ((rhoInf - 4) * (rhoInf - 2) * rho));
      return decayed - lr * mHat * r * l;
    }
  }

  static final class OfAsgd extends Rule {
    private final DifferentiableAsgd asgd;
    private final double lambda;
    private double eta;

    OfAsgd(DifferentiableAsgd asgd, Hyperparameters values) {
      super(values);
      this.asgd = asgd;
      lambda = value(values, DifferentiableAsgd.LAMBDA);
      eta = lr;
    }

    @Override
    double step(double x, double gradient) {
      double g = gradient + wd * x;
      double next = x * (1 - lambda * eta) - eta * g;
      eta = lr / pow(1 + lambda * lr * t, asgd.power());
      return next;
    }
  }

  static final class OfRprop extends Rule {
    private final DifferentiableRprop rprop;
    private final double etaMinus;
    private final double etaPlus;
    private double previous;
    private double size;

    OfRprop(DifferentiableRprop rprop, Hyperparameters values) {
      super(values);
      this.rprop = rprop;
      etaMinus = value(values, DifferentiableRprop.ETA_MINUS);
      etaPlus = value(values, DifferentiableRprop.ETA_PLUS);
      size = lr;
    }

    @Override
    double step(double x, double gradient) {
      double g = gradient;
      if (g * previous > 0) {
        size = min(size * etaPlus, rprop.largestStep());
      } else if (g * previous < 0) {
        size = max(size * etaMinus, rprop.smallestStep());
        g = 0;
      }
      previous = g;
      return x - signum(g) * size;
    }
  }

  /** A rule for every number of the problem. */
  static ReferenceOptimizer running(Supplier<Rule> factory) {
    double[] x = OptimizerProblem.start();
    Rule[] rules = IntStream.range(0, x.length).mapToObj(i -> factory.get()).toArray(Rule[]::new);
    return () -> {
      for (int i = 0; i < x.length; i++) {
        x[i] = rules[i].next(x[i], OptimizerProblem.gradient(x[i], i));
      }
      return x.clone();
    };
  }
}
