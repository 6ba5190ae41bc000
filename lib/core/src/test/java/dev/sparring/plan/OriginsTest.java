package dev.sparring.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sparring.data.Digits;
import dev.sparring.init.Initializer;
import dev.sparring.init.Normal;
import dev.sparring.layer.AuxiliaryClassifier;
import dev.sparring.layer.Basis;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.ConcatLabels;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Embedding;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GroupNorm;
import dev.sparring.layer.InstanceNorm;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LayerContext;
import dev.sparring.layer.LayerNorm;
import dev.sparring.layer.Parameter;
import dev.sparring.layer.Projection;
import dev.sparring.layer.ResidualBlock;
import dev.sparring.layer.Role;
import dev.sparring.layer.Scale;
import dev.sparring.layer.SelfAttention;
import dev.sparring.layer.Stack;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.recipe.ConventionResolver;
import dev.sparring.recipe.Conventions;
import dev.sparring.recipe.Discriminator;
import dev.sparring.recipe.InitByKind;
import dev.sparring.tensor.Shape;
import dev.sparring.tensor.Tensor;
import dev.sparring.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who decides how a layer's parameters begin, and how its weight is normalized. */
class OriginsTest {
  private static final Initializer OWN = Normal.normal(0, 7);
  private static final InitByKind KINDS =
      new InitByKind(
          Normal.normal(0, 1), Normal.normal(0, 2), Normal.normal(0, 3), Normal.normal(0, 4));

  /** Every layer that has an {@code init}, in every form that changes what is drawn. */
  static List<Layer> layers() {
    return List.of(
        Dense.dense(3),
        Conv.conv(3),
        ConvTranspose.convTranspose(3),
        Embedding.embedding(3).classes(4),
        ConcatLabels.concatLabels().classes(4),
        ConcatLabels.concatLabels().embedding(3).classes(4),
        Projection.projection(),
        AuxiliaryClassifier.auxiliaryClassifier().classes(4),
        ResidualBlock.residualBlock(4),
        ResidualBlock.residualBlock(5).normalize(BlockNorm.BATCH),
        ResidualBlock.residualBlock(5).normalize(BlockNorm.CONDITIONAL),
        ResidualBlock.residualBlock(5).shortcutInit(OWN),
        SelfAttention.selfAttention(),
        BatchNorm.batchNorm(),
        BatchNorm.batchNorm().affine(false),
        ConditionalBatchNorm.conditionalBatchNorm().classes(4),
        LayerNorm.layerNorm(),
        new LayerNorm(null, false, null),
        InstanceNorm.instanceNorm(),
        GroupNorm.groupNorm(7),
        Scale.scale(),
        Basis.basis());
  }

  @Test
  void noLayerIsForgotten() {
    Set<String> words = new TreeSet<>();
    for (Class<?> word : Vocabulary.builtIn().words(Layer.class)) {
      if (hasInit(word)) {
        words.add(word.getSimpleName());
      }
    }
    Set<String> here = new TreeSet<>();
    layers().forEach(layer -> here.add(layer.getClass().getSimpleName()));
    assertEquals(words, here);
  }

  private static boolean hasInit(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals("init"));
  }

  /** Without a plan the same comes out as in one. */
  @ParameterizedTest
  @MethodSource("layers")
  void openInitsAreThoseOfThePlan(Layer layer) {
    List<Discriminator> networks =
        new ArrayList<>(
            List.of(
                network(null, KINDS, None.none(), layer),
                network(OWN, InitByKind.initByKind(), Sn.sn(), layer)));
    if (!(layer instanceof ResidualBlock block && block.shortcutInit() != null)) {
      networks.add(network(null, KINDS, Equalized.equalized(), layer)); // refuses inits of layers
    }
    for (Discriminator open : networks) {
      Set<Map.Entry<Initializer, Origin>> found =
          origins(open).open(layer).stream()
              .map(c -> Map.entry(c.value(), c.origin()))
              .collect(Collectors.toSet());
      assertEquals(planned(open, layer), found, layer.summary());
    }
  }

  private static Set<Map.Entry<Initializer, Origin>> planned(Discriminator open, Layer layer) {
    boolean isImage =
        layer instanceof Conv
            || layer instanceof ConvTranspose
            || layer instanceof ResidualBlock
            || layer instanceof SelfAttention
            || layer instanceof InstanceNorm
            || layer instanceof GroupNorm;
    Shape input = isImage ? Shape.of(56, 4, 4) : Shape.of(56);
    PlanContext context = new PlanContext(List.of(), Digits.digits());
    Set<Map.Entry<Initializer, Origin>> all =
        NetworkPlan.of("d", open, input, context).everyLayer().stream()
            .flatMap(l -> l.parameters().stream())
            .filter(p -> p.parameter().role() == Role.WEIGHT || p.parameter().role() == Role.SCALE)
            .map(p -> Map.entry(p.initializer(), p.origin()))
            .filter(c -> c.getValue() != Origin.LAYER)
            .collect(Collectors.toSet());
    if (all.stream().anyMatch(c -> c.getValue() != Origin.DEFAULT)) {
      all.removeIf(c -> c.getValue() == Origin.DEFAULT);
    }
    return all;
  }

  @Test
  void plansSayWhoDecides() {
    Discriminator open =
        network(
            null,
            InitByKind.initByKind().conv(OWN).batchNorm(OWN),
            WeightNormalization.weightNorm(),
            Conv.conv(2),
            Conv.conv(2).init(Normal.normal(0, 9)).norm(Sn.sn()),
            BatchNorm.batchNorm(),
            new Stack(2, List.of(GroupNorm.groupNorm(1))),
            Flatten.flatten(),
            Dense.dense(1).norm(Equalized.equalized()));
    assertEquals(
        List.of(
            "0.weight KIND, 0.bias CONVENTION, 0.weight_g NORM, norm NETWORK",
            "1.weight LAYER, 1.bias CONVENTION, norm LAYER",
            "2.weight KIND, 2.bias DEFAULT, norm DEFAULT",
            "3.0.0.weight DEFAULT, 3.0.0.bias DEFAULT, norm DEFAULT",
            "3.1.0.weight DEFAULT, 3.1.0.bias DEFAULT, norm DEFAULT",
            "5.weight NORM, 5.bias CONVENTION, norm LAYER"),
        NetworkPlan.of("d", open, Shape.of(2, 4, 4)).everyLayer().stream()
            .filter(layer -> !layer.parameters().isEmpty())
            .map(OriginsTest::text)
            .toList());
  }

  private static String text(PlannedLayer layer) {
    return layer.parameters().stream()
            .map(p -> p.path().substring(2) + " " + p.origin() + ", ")
            .collect(Collectors.joining())
        + "norm "
        + layer.normOrigin();
  }

  @Test
  void choicesNameTheSettingThatDecides() {
    Origins origins = origins(network(null, KINDS, Sn.sn(), Dense.dense(1)));
    assertEquals(
        List.of(new Choice<>(KINDS.conv(), Origin.KIND, "initByKind.conv")),
        origins.open(SelfAttention.selfAttention()));
    assertEquals(new Choice<>(Sn.sn(), Origin.NETWORK, "norm"), origins.norm(Dense.dense(1)));
    assertEquals(
        List.of("initByKind.batchNorm", "initByKind.conv"),
        origins.open(ResidualBlock.residualBlock(5).normalize(BlockNorm.BATCH)).stream()
            .map(Choice::setting)
            .toList());
  }

  @Test
  void aNetworkThatWritesItsInitDecides() {
    Discriminator written = network(OWN, InitByKind.initByKind(), None.none(), Dense.dense(1));
    assertEquals(
        new Choice<>(OWN, Origin.NETWORK, "init"),
        origins(written).initializer(Dense.dense(1), Role.WEIGHT));
    assertEquals(
        Origin.NETWORK,
        NetworkPlan.of("d", written, Shape.of(2)).layers().get(0).parameters().get(0).origin());
  }

  /** A layer of a user that takes no likely input. */
  private record Picky() implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
      throw new IllegalStateException("none of mine");
    }

    @Override
    public Tensor forward(Tensor x, LayerContext pass) {
      return x;
    }
  }

  @Test
  void aLayerThatRefusesLikelyInputsIsTakenForOneWithAWeight() {
    Discriminator open = network(null, KINDS, None.none(), Dense.dense(1));
    assertEquals(
        List.of(new Choice<>(Conventions.SPARRING.init(), Origin.CONVENTION)),
        origins(open).open(new Picky()));
  }

  private static Origins origins(Discriminator open) {
    return new Origins(open, new ConventionResolver(Conventions.SPARRING).network(open));
  }

  private static Discriminator network(
      @Nullable Initializer init, InitByKind kinds, WeightNorm norm, Layer... layers) {
    return new Discriminator(1, 0, null, init, null, kinds, null, norm, List.of(layers));
  }
}
