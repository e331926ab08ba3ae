package io.github.smartaug.nn.zoo;

import io.github.smartaug.nn.ModelType;
import io.github.smartaug.nn.zoo.Architecture.Images;
import io.github.smartaug.nn.zoo.EfficientNet.Batch;
import io.github.smartaug.nn.zoo.ResNet.Block;
import io.github.smartaug.nn.zoo.ResNet.Stem;
import java.util.ArrayList;
import java.util.List;

/** The architectures of this package, one row each. */
public final class Zoo {
  private static final List<Integer> DEPTHS_18 = List.of(2, 2, 2, 2);
  private static final List<Integer> DEPTHS_50 = List.of(3, 4, 6, 3);
  private static final List<Integer> DEPTHS_101 = List.of(3, 4, 23, 3);
  private static final List<Integer> DEPTHS_152 = List.of(3, 8, 36, 3);

  private Zoo() {}

  /** All of them. */
  public static List<ModelType> entries() {
    List<ModelType> all = new ArrayList<>();
    all.addAll(residual());
    all.addAll(residualForSmallImages());
    all.addAll(wideResidual());
    all.addAll(vgg());
    all.addAll(dense());
    all.addAll(efficient());
    all.addAll(others());
    all.addAll(otherwiseNormalized());
    return all;
  }

  private static List<ModelType> residual() {
    ResNet deep = new ResNet(Block.BOTTLENECK, DEPTHS_50, Stem.LARGE_IMAGES);
    ResNet deeper = new ResNet(Block.BOTTLENECK, DEPTHS_101, Stem.LARGE_IMAGES);
    return List.of(
        resNet("resnet18", "ResNet-18", new ResNet(Block.BASIC, DEPTHS_18, Stem.LARGE_IMAGES)),
        resNet("resnet34", "ResNet-34", new ResNet(Block.BASIC, DEPTHS_50, Stem.LARGE_IMAGES)),
        resNet("resnet50", "ResNet-50", deep),
        resNet("resnet101", "ResNet-101", deeper),
        resNet(
            "resnet152", "ResNet-152", new ResNet(Block.BOTTLENECK, DEPTHS_152, Stem.LARGE_IMAGES)),
        resNet("resnext50-32x4d", "ResNeXt-50, 32 groups", deep.grouped(32, 4)),
        resNet("resnext101-32x8d", "ResNeXt-101, 32 groups", deeper.grouped(32, 8)),
        resNet("wide-resnet50-2", "ResNet-50, twice as wide", deep.grouped(1, 128)),
        resNet("wide-resnet101-2", "ResNet-101, twice as wide", deeper.grouped(1, 128)));
  }

  private static Architecture resNet(String name, String title, Architecture.Builder builder) {
    return torchvision(name, title, ResNet.SMALLEST, builder);
  }

  private static Architecture torchvision(
      String name, String title, int smallest, Architecture.Builder builder) {
    Images images = Images.atLeast(smallest);
    return new Architecture(name, title + " as in torchvision; " + images.text(), images, builder);
  }

  private static List<ModelType> residualForSmallImages() {
    return List.of(
        small(
            "resnet18-3x3",
            "ResNet-18 for small images (3x3 entry, no pooling): more accurate, 10 times slower",
            new ResNet(Block.BASIC, DEPTHS_18, Stem.SMALL_IMAGES)),
        small(
            "resnet34-3x3",
            "ResNet-34 for small images",
            new ResNet(Block.BASIC, DEPTHS_50, Stem.SMALL_IMAGES)),
        small(
            "resnet50-3x3",
            "ResNet-50 for small images",
            new ResNet(Block.BOTTLENECK, DEPTHS_50, Stem.SMALL_IMAGES)));
  }

  private static Architecture small(String name, String description, Architecture.Builder builder) {
    return new Architecture(name, description, Images.atLeast(ResNet.SMALLEST), builder);
  }

  private static List<ModelType> wideResidual() {
    return List.of(wide(16, 4), wide(20, 10), wide(26, 10), wide(28, 10), wide(40, 2));
  }

  private static Architecture wide(int depth, int widening) {
    return small(
        "wrn-%d-%d".formatted(depth, widening),
        "wide ResNet for small images, %d layers, %d times as wide".formatted(depth, widening),
        new WideResNet(depth, widening));
  }

  private static List<ModelType> vgg() {
    List<ModelType> all = new ArrayList<>();
    all.addAll(vgg(11, List.of(1, 1, 2, 2, 2)));
    all.addAll(vgg(13, List.of(2, 2, 2, 2, 2)));
    all.addAll(vgg(16, List.of(2, 2, 3, 3, 3)));
    all.addAll(vgg(19, List.of(2, 2, 4, 4, 4)));
    return all;
  }

  private static List<ModelType> vgg(int layers, List<Integer> depths) {
    String title = "VGG-" + layers;
    return List.of(
        torchvision(
            "vgg" + layers, title, Vgg.SMALLEST, new Vgg(depths, Vgg.Normalization.NONE, 0.5)),
        torchvision(
            "vgg" + layers + "-bn",
            title + " with batch normalisation",
            Vgg.SMALLEST,
            new Vgg(depths, Vgg.Normalization.BATCH, 0.5)));
  }

  private static List<ModelType> dense() {
    return List.of(
        dense(121, new DenseNet(32, List.of(6, 12, 24, 16), 64)),
        dense(161, new DenseNet(48, List.of(6, 12, 36, 24), 96)),
        dense(169, new DenseNet(32, List.of(6, 12, 32, 32), 64)),
        dense(201, new DenseNet(32, List.of(6, 12, 48, 32), 64)));
  }

  private static Architecture dense(int layers, Architecture.Builder builder) {
    return torchvision("densenet" + layers, "DenseNet-" + layers, DenseNet.SMALLEST, builder);
  }

  private static List<ModelType> efficient() {
    return List.of(
        efficient(0, new EfficientNet(1.0, 1.0, 0.2, 0.2, Batch.USUAL)),
        efficient(1, new EfficientNet(1.0, 1.1, 0.2, 0.2, Batch.USUAL)),
        efficient(2, new EfficientNet(1.1, 1.2, 0.3, 0.2, Batch.USUAL)),
        efficient(3, new EfficientNet(1.2, 1.4, 0.3, 0.2, Batch.USUAL)),
        efficient(4, new EfficientNet(1.4, 1.8, 0.4, 0.2, Batch.USUAL)),
        efficient(5, new EfficientNet(1.6, 2.2, 0.4, 0.2, Batch.SLOW)),
        efficient(6, new EfficientNet(1.8, 2.6, 0.5, 0.2, Batch.SLOW)),
        efficient(7, new EfficientNet(2.0, 3.1, 0.5, 0.2, Batch.SLOW)));
  }

  private static Architecture efficient(int size, Architecture.Builder builder) {
    return torchvision(
        "efficientnet-b" + size, "EfficientNet-B" + size, EfficientNet.SMALLEST, builder);
  }

  private static List<ModelType> others() {
    Images patches = Images.multiplesOf(VisionTransformer.PATCH);
    return List.of(
        torchvision("mobilenet-v2", "MobileNetV2", MobileNetV2.SMALLEST, new MobileNetV2(0.2)),
        torchvision(
            "convnext-tiny",
            "ConvNeXt-Tiny",
            ConvNeXt.SMALLEST,
            new ConvNeXt(List.of(3, 3, 9, 3), 96, 0.1)),
        new Architecture(
            "vit-s-16",
            "vision transformer, small, patches of 16 pixels; " + patches.text(),
            patches,
            new VisionTransformer(12, 6, 384)),
        new Architecture(
            "vit-b-16",
            "vision transformer, base, as in torchvision; " + patches.text(),
            patches,
            new VisionTransformer(12, 12, 768)));
  }

  private static List<ModelType> otherwiseNormalized() {
    ResNet large = new ResNet(Block.BASIC, DEPTHS_18, Stem.LARGE_IMAGES);
    ResNet small = new ResNet(Block.BASIC, DEPTHS_18, Stem.SMALL_IMAGES);
    return List.of(
        small(
            "resnet18-auxiliary",
            "resnet18 with statistics for clean and for augmented images",
            large.normalized(Normalized.BY_KIND_OF_IMAGES)),
        small(
            "resnet18-3x3-auxiliary",
            "resnet18-3x3 with statistics for clean and for augmented images",
            small.normalized(Normalized.BY_KIND_OF_IMAGES)),
        small(
            "resnet18-deconvolution",
            "resnet18 with network deconvolution in place of batch normalisation",
            large.normalized(Normalized.BY_DECORRELATION)),
        small(
            "resnet18-3x3-deconvolution",
            "resnet18-3x3 with network deconvolution in place of batch normalisation",
            small.normalized(Normalized.BY_DECORRELATION)),
        small(
            "wrn-16-4-deconvolution",
            "wrn-16-4 with network deconvolution in place of batch normalisation",
            new WideResNet(16, 4, Normalized.BY_DECORRELATION)));
  }
}
