package io.github.smartaug.cli.options;

import io.github.smartaug.nn.Model;
import io.github.smartaug.run.ModelFile;
import java.util.Optional;

/**
 * What a {@link ModelChoice} comes to for the images of a run.
 *
 * @param name of the architecture, or the path of the TorchScript file
 * @param model that is trained
 * @param script the TorchScript file, if it is one
 * @param weights of an earlier run that training begins with, if it does
 */
public record ChosenModel(
    String name, Model model, Optional<ModelFile> script, Optional<ModelFile> weights) {}
