package io.github.smartaug.nn;

/** What becomes of the values inside a model that its gradients need. */
public enum InnerValues {
  /** The graph keeps them until the gradients are computed. */
  KEPT {
    @Override
    public Model of(Model model) {
      return model;
    }
  },

  /** They are computed again: less memory, more time. See {@link Model#recomputed}. */
  RECOMPUTED {
    @Override
    public Model of(Model model) {
      return model.recomputed();
    }
  };

  /**
   * That model with its values treated so.
   *
   * @throws IllegalArgumentException if the model cannot
   */
  public abstract Model of(Model model);
}
