package io.github.smartaug.cli.options;

import io.github.smartaug.nn.Model;
import io.github.smartaug.run.ModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link ModelChoice} comes to for the images of a run.
 *
 * @param name of the architecture, or the path of the TorchScript file
 * @param model that is trained
 * @param script the TorchScript file, if it is one
 * @param weights of an earlier run that training begins with, if it does
 * @param remarks what a user should know about its weights, a sentence each
 */
public record ChosenModel(
    String name,
    Model model,
    Optional<ModelFile> script,
    Optional<ModelFile> weights,
    List<String> remarks) {
  /** Another model in its place, and more remarks. */
  public ChosenModel with(Model other, List<String> more) {
    List<String> all = new ArrayList<>(remarks);
    all.addAll(more);
    return new ChosenModel(name, other, script, weights, List.copyOf(all));
  }
}
