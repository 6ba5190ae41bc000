package dev.sparring.onnx;

import static dev.sparring.layer.AuxiliaryClassifier.auxiliaryClassifier;
import static dev.sparring.layer.AvgPool.avgPool;
import static dev.sparring.layer.Basis.basis;
import static dev.sparring.layer.BatchNorm.batchNorm;
import static dev.sparring.layer.Block.block;
import static dev.sparring.layer.Branches.branches;
import static dev.sparring.layer.ConcatLabels.concatLabels;
import static dev.sparring.layer.ConditionalBatchNorm.conditionalBatchNorm;
import static dev.sparring.layer.Conv.conv;
import static dev.sparring.layer.ConvTranspose.convTranspose;
import static dev.sparring.layer.Dense.dense;
import static dev.sparring.layer.Downsample.downsample;
import static dev.sparring.layer.Dropout.dropout;
import static dev.sparring.layer.Elu.elu;
import static dev.sparring.layer.Embedding.embedding;
import static dev.sparring.layer.Flatten.flatten;
import static dev.sparring.layer.GaussianNoise.noise;
import static dev.sparring.layer.Gelu.gelu;
import static dev.sparring.layer.GlobalAvgPool.globalAvgPool;
import static dev.sparring.layer.GlobalSumPool.globalSumPool;
import static dev.sparring.layer.GroupNorm.groupNorm;
import static dev.sparring.layer.InstanceNorm.instanceNorm;
import static dev.sparring.layer.LayerNorm.layerNorm;
import static dev.sparring.layer.LeakyRelu.leakyRelu;
import static dev.sparring.layer.MaxPool.maxPool;
import static dev.sparring.layer.Maxout.maxout;
import static dev.sparring.layer.MinibatchStdDev.minibatchStdDev;
import static dev.sparring.layer.Padding.pad;
import static dev.sparring.layer.PixelNorm.pixelNorm;
import static dev.sparring.layer.PixelShuffle.pixelShuffle;
import static dev.sparring.layer.Projection.projection;
import static dev.sparring.layer.Relu.relu;
import static dev.sparring.layer.Reshape.reshape;
import static dev.sparring.layer.Residual.residual;
import static dev.sparring.layer.ResidualBlock.residualBlock;
import static dev.sparring.layer.Scale.scale;
import static dev.sparring.layer.SelfAttention.selfAttention;
import static dev.sparring.layer.Shift.shift;
import static dev.sparring.layer.Sigmoid.sigmoid;
import static dev.sparring.layer.Silu.silu;
import static dev.sparring.layer.Skip.skip;
import static dev.sparring.layer.Stack.stack;
import static dev.sparring.layer.Tanh.tanh;
import static dev.sparring.layer.Upsample.upsample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.sparring.layer.BlockNorm;
import dev.sparring.layer.Join;
import dev.sparring.layer.Layer;
import dev.sparring.layer.MinibatchStdDev;
import dev.sparring.layer.PadRule;
import dev.sparring.layer.PaddingMode;
import dev.sparring.layer.Resample;
import dev.sparring.network.Network;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.Equalized;
import dev.sparring.norm.None;
import dev.sparring.norm.Sn;
import dev.sparring.norm.SnConv;
import dev.sparring.norm.SpectralMode;
import dev.sparring.norm.WeightNorm;
import dev.sparring.norm.WeightNormalization;
import dev.sparring.recipe.Latent;
import dev.sparring.tensor.Device;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Precision;
import dev.sparring.torch.TorchEngine;
import dev.sparring.vocabulary.Vocabulary;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayersTest {
  private static final int LATENT = 5;

  private final Engine engine = TorchEngine.open(Device.CPU, Precision.FLOAT32);

  @AfterAll
  void close() {
    engine.close();
  }

  /** The nodes of nets in order, several nets on a line. */
  static List<Arguments> nets() {
    return List.of(
        net("Gemm", dense(7)),
        net("Gemm", dense(7).bias(false)),
        net("Gemm BatchNormalization", dense(7), batchNorm()),
        net("Gemm BatchNormalization", dense(7), batchNorm().affine(false).eps(0.1)),
        net("Gemm Reshape Conv", image(), conv(4)),
        net("Gemm Reshape Conv", image(), conv(4).kernel(4).stride(2).bias(false)),
        net("Gemm Reshape Conv", image(), conv(2).kernel(2).padding(0)),
        net("Gemm Reshape Conv", image(), conv(2).kernel(1).padding(3).stride(3)),
        net("Gemm Reshape Conv", image(), conv(4).kernel(5).stride(2).pad(PadRule.SAME)),
        net(
            "Gemm Reshape Conv",
            List.of(dense(90), reshape(3, 6, 5)),
            conv(2).kernel(5).stride(3).pad(PadRule.SAME)),
        net(
            "Gemm Reshape ConvTranspose Slice Slice",
            image(),
            convTranspose(2).kernel(5).pad(PadRule.SAME)),
        net("Gemm Reshape ConvTranspose", image(), convTranspose(4)),
        net("Gemm Reshape ConvTranspose", image(), convTranspose(4).bias(false).kernel(3)),
        net("Gemm Reshape ConvTranspose", image(), convTranspose(4).kernel(3).outputPadding(1)),
        net(
            "Gemm Reshape ConvTranspose",
            image(),
            convTranspose(2).kernel(5).stride(3).padding(0).outputPadding(2)),
        net("Gemm Reshape BatchNormalization", image(), batchNorm()),
        net("Gemm Reshape BatchNormalization", image(), batchNorm().affine(false)),
        net("Gemm Reshape Resize", image(), upsample()),
        net("Gemm Reshape Resize", image(), upsample(7)),
        net("Gemm Reshape AveragePool", image(), avgPool()),
        net("Gemm Reshape AveragePool", image(), avgPool().kernel(3).stride(1)),
        net("Gemm Reshape MaxPool", image(), maxPool()),
        net("Gemm Reshape MaxPool", image(), maxPool().kernel(2).stride(3)),
        net("Gemm Reshape Reshape", image(), flatten()),
        net("Gemm Reshape Reshape Gemm", image(), flatten(), dense(2)),
        net("Gemm Reshape " + STANDARDIZED, image(), instanceNorm().eps(0.02)),
        net("Gemm Reshape " + STANDARDIZED + " Mul Add", image(), instanceNorm().affine(true)),
        net("Gemm Reshape " + STANDARDIZED + " Mul Add", image(), layerNorm()),
        net("Gemm " + STANDARDIZED, dense(7), layerNorm().affine(false)),
        net("Gemm Reshape Reshape " + STANDARDIZED + " Reshape Mul Add", image(), groupNorm(3)),
        net("Gemm Reshape Mul ReduceSum Mul Add Sqrt Div", image(), pixelNorm()),
        net("Gemm Reshape Reshape Transpose Reshape", wide(), pixelShuffle()),
        net("Gemm Reshape Mul", image(), scale()),
        net("Gemm Mul", dense(7), scale().perChannel(true)),
        net("Gemm Reshape Add", image(), shift().perChannel(true)),
        net("Gemm Reshape Mul", dense(7), basis().size(3)),
        net("Gemm Reshape Conv", image(), downsample()),
        net("Gemm Reshape Resize Conv", image(), upsample().filter(List.of(1.0, 2.0, 1.0))),
        net("Gemm Reshape Conv", image(), conv(6).groups(3)),
        net("Gemm Reshape ReduceSum Mul Reshape", image(), globalAvgPool()),
        net("Gemm Reshape ReduceSum Reshape", image(), globalSumPool()),
        net("Gemm Reshape Slice Slice Sub Relu Add Reshape", dense(6), maxout(2)),
        net(
            "Gemm Reshape Slice Relu Neg Relu Slice Relu Neg Relu Concat"
                + " Slice Relu Neg Relu Slice Relu Neg Relu Concat",
            image(),
            pad(1)),
        net(
            "Gemm Reshape Slice Slice Concat Slice Slice Concat",
            image(),
            pad(1).mode(PaddingMode.REFLECT)),
        net(
            "Gemm Reshape " + "Slice ".repeat(6) + "Concat " + "Slice ".repeat(6) + "Concat",
            image(),
            pad(3).mode(PaddingMode.REFLECT)),
        net("Gemm Gemm Relu Gemm Add", dense(3), residual(dense(3), relu(), dense(3))),
        net(
            "Gemm Reshape Conv Relu Conv Resize Resize Conv Add",
            image(),
            residual(conv(2), relu(), conv(4), upsample())
                .shortcut(upsample(), conv(4).kernel(1).padding(0))),
        net(
            "Gemm Reshape Conv Conv ConvTranspose Concat ConvTranspose Concat",
            image(),
            skip(
                conv(2).kernel(4).stride(2),
                skip(conv(4).kernel(3), convTranspose(3).kernel(3).stride(1)),
                convTranspose(5))),
        net(
            "Gemm Gemm Tanh Concat",
            dense(3),
            branches(List.of(List.of(dense(2)), List.of(), List.of(tanh())))),
        net(
            "Gemm Gemm Gemm Relu Add",
            dense(3),
            branches(List.of(List.of(dense(2)), List.of(dense(2), relu()))).join(Join.SUM)),
        net("Gemm Gemm Tanh Gemm Tanh Gemm Tanh", dense(3), stack(3, dense(3), tanh())),
        net("Gemm Reshape Relu Conv Relu Conv Add", image(), block("b"), residual(block("b"))),
        net("Concat Gemm", concatLabels(), dense(3)),
        net("Gemm Concat Gemm", concatLabels().embedding(4), dense(3)),
        net("Gemm Reshape Reshape Mul Concat", image(), concatLabels()),
        net("Gemm", embedding(4)),
        net("Gemm BatchNormalization Gemm Mul Gemm Add", dense(5), conditionalBatchNorm()),
        net(
            "Gemm Reshape BatchNormalization Gemm Reshape Mul Gemm Reshape Add",
            image(),
            conditionalBatchNorm()),
        net("Gemm Gemm Gemm Mul ReduceSum Add", dense(5), projection()),
        net("Gemm Gemm Gemm Concat", dense(5), auxiliaryClassifier()),
        net(
            "Gemm Reshape BatchNormalization Gemm Reshape Mul Gemm Reshape Add Relu Resize Conv"
                + " BatchNormalization Gemm Reshape Mul Gemm Reshape Add Relu Conv Resize Conv Add",
            image(),
            residualBlock(5).resample(Resample.UP).normalize(BlockNorm.CONDITIONAL)),
        net(
            "Gemm Reshape Relu Conv Relu Conv AveragePool Conv AveragePool Add",
            image(),
            residualBlock(5).resample(Resample.DOWN)),
        net(
            "Gemm Reshape Conv Reshape Transpose Conv MaxPool Reshape Conv MaxPool Reshape MatMul"
                + " Slice Slice Sub Relu Add Slice Slice Sub Relu Add Slice Concat Slice Slice Sub Relu"
                + " Add Sub Exp ReduceSum Div Transpose MatMul Reshape Conv Mul Add",
            image(),
            selfAttention().reduction(3)),
        net("Gemm", dense(3), noise(0.5)),
        net("Gemm", dense(3), dropout()),
        net("Identity", dropout()),
        net("Gemm Relu", dense(9), relu()),
        net("Gemm LeakyRelu", dense(9), leakyRelu(0.3)),
        net("Gemm Elu", dense(9), elu(0.7)),
        net("Gemm Sigmoid Mul", dense(9), silu()),
        net("Gemm Div Erf Add Mul Mul", dense(9), gelu()),
        net("Gemm Tanh", dense(9), tanh()),
        net("Gemm Sigmoid", dense(9), sigmoid()));
  }

  /** x - mean over sqrt(variance + eps). */
  private static final String STANDARDIZED = "ReduceSum Mul Sub Mul ReduceSum Mul Add Sqrt Div";

  /** Images of (8, 2, 3), of several channels to each later pixel. */
  private static List<Layer> wide() {
    return List.of(dense(48), reshape(8, 2, 3));
  }

  /** Images of (3, 4, 6): different sides reveal mix-ups. */
  private static List<Layer> image() {
    return List.of(dense(72), reshape(3, 4, 6));
  }

  private static Arguments net(String nodes, List<Layer> first, Layer... then) {
    return Arguments.of(nodes, Stream.concat(first.stream(), Stream.of(then)).toList());
  }

  private static Arguments net(String nodes, Layer... layers) {
    return Arguments.of(nodes, List.of(layers));
  }

  @ParameterizedTest
  @MethodSource("nets")
  void onnxRuntimeMakesTheSameSamples(String nodes, List<Layer> layers) {
    ModelProto model = Nets.assertSame(Nets.random(engine, LATENT, None.none(), layers));
    assertEquals(
        nodes,
        model.getGraph().getNodeList().stream()
            .map(NodeProto::getOpType)
            .collect(Collectors.joining(" ")));
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyLayerIsAmongTheNets() {
    Set<Class<?>> covered = new HashSet<>();
    nets().forEach(n -> ((List<Layer>) n.get()[1]).forEach(l -> covered.add(l.getClass())));
    covered.add(MinibatchStdDev.class); // refused below
    assertEquals(Set.copyOf(Vocabulary.builtIn().words(Layer.class)), covered);
  }

  /** A generator whose samples depend on their neighbours is not a function of one noise vector. */
  @Test
  void minibatchDeviationIsRefused() {
    Network generator =
        Nets.random(engine, LATENT, None.none(), List.of(dense(6), minibatchStdDev()));
    EngineException refused =
        assertThrows(
            EngineException.class, () -> OnnxExport.model(generator, Latent.NORMAL, Map.of()));
    assertEquals(
        "generator.1: a sum over dimension 0 would mix samples or fix the batch size;"
            + " ONNX export needs each sample on its own, counted by dimension 0",
        refused.getMessage());
  }

  @Test
  void whatIsNoFunctionOfTheNoiseIsRefused() {
    assertRefused("dropout that is always on needs random numbers", dropout().always(true));
    assertRefused(
        "batch statistics always make a sample depend on those beside it",
        batchNorm().alwaysBatch(true));
  }

  private void assertRefused(String why, Layer layer) {
    Network generator = Nets.random(engine, LATENT, None.none(), List.of(dense(6), layer));
    EngineException refused =
        assertThrows(
            EngineException.class, () -> OnnxExport.model(generator, Latent.NORMAL, Map.of()));
    assertEquals(
        "generator.1: "
            + why
            + ", which an ONNX model does not have; sparring sample makes samples of it, and"
            + " networks that are trained without can be exported",
        refused.getMessage());
  }

  static List<WeightNorm> norms() {
    return List.of(
        Sn.sn(),
        Sn.sn().mode(SpectralMode.CLIP),
        SnConv.snConv(),
        Bssn.bssn(1.4),
        WeightNormalization.weightNorm(),
        Equalized.equalized());
  }

  @ParameterizedTest
  @MethodSource("norms")
  void normalizedWeightsComeOutAsNumbers(WeightNorm norm) {
    ModelProto model =
        Nets.assertSame(
            Nets.random(
                engine,
                LATENT,
                norm,
                List.of(dense(72), reshape(3, 4, 6), convTranspose(4), relu(), conv(3), tanh())));
    assertEquals(
        List.of("Gemm", "Reshape", "ConvTranspose", "Relu", "Conv", "Tanh"),
        model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList());
    assertEquals(
        Set.of(
            "generator.0.weight.folded",
            "generator.0.bias",
            "generator.1/shape",
            "generator.2.weight.folded",
            "generator.2.bias",
            "generator.4.weight.folded",
            "generator.4.bias"),
        model.getGraph().getInitializerList().stream()
            .map(TensorProto::getName)
            .collect(Collectors.toSet()));
  }

  /** SNGAN's generator for 32 x 32 images, as samples/recipes/sngan-32.yaml has it. */
  @Test
  void aLargeGenerator() {
    Nets.assertSame(
        Nets.random(
            engine,
            128,
            None.none(),
            List.of(
                dense(8192),
                reshape(512, 4, 4),
                batchNorm(),
                relu(),
                convTranspose(256),
                batchNorm(),
                relu(),
                convTranspose(128),
                batchNorm(),
                relu(),
                convTranspose(64),
                batchNorm(),
                relu(),
                conv(3),
                tanh())));
  }
}
