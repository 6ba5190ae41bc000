package dev.sparring.conformance;

import dev.sparring.augment.Flip;
import dev.sparring.data.Data;
import dev.sparring.data.DataSets;
import dev.sparring.data.Grid;
import dev.sparring.data.Pairs;
import dev.sparring.data.Ring;
import dev.sparring.layer.BatchNorm;
import dev.sparring.layer.ConditionalBatchNorm;
import dev.sparring.layer.Conv;
import dev.sparring.layer.ConvTranspose;
import dev.sparring.layer.Dense;
import dev.sparring.layer.Dropout;
import dev.sparring.layer.Flatten;
import dev.sparring.layer.GaussianNoise;
import dev.sparring.layer.Layer;
import dev.sparring.layer.LeakyRelu;
import dev.sparring.layer.Projection;
import dev.sparring.layer.Relu;
import dev.sparring.layer.Reshape;
import dev.sparring.layer.Tanh;
import dev.sparring.loss.CycleConsistency;
import dev.sparring.loss.GradientPenalty;
import dev.sparring.loss.Hinge;
import dev.sparring.loss.LeCam;
import dev.sparring.loss.R1;
import dev.sparring.loss.Term;
import dev.sparring.norm.Bssn;
import dev.sparring.norm.None;
import dev.sparring.norm.Power;
import dev.sparring.norm.Sn;
import dev.sparring.norm.SnConv;
import dev.sparring.norm.Ssn;
import dev.sparring.norm.WeightNorm;
import dev.sparring.optim.Adam;
import dev.sparring.recipe.Ema;
import dev.sparring.recipe.Gan;
import dev.sparring.recipe.Recipe;
import dev.sparring.recipe.ScheduledNumber;
import dev.sparring.recipe.Train;
import dev.sparring.recipe.UpdateOrder;
import dev.sparring.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Small recipes for which several processes have to do what one does, by what is in them. */
public final class GroupCases {
  private static final Layer[] JUDGE = {
    Conv.conv(4).kernel(4).stride(2), LeakyRelu.leakyRelu(0.2), Flatten.flatten(), Dense.dense(1)
  };

  private GroupCases() {}

  /** The recipes by name; three steps of four batches an update. */
  public static Map<String, Recipe> all() {
    Map<String, Recipe> all = new LinkedHashMap<>();
    all.put("plain", recipe(None.none(), JUDGE, train -> train));
    all.put("sn", recipe(Sn.sn(), JUDGE, train -> train.discriminatorSteps(2)));
    all.put("bssn", recipe(Bssn.bssn(1.5), JUDGE, train -> train.generatorSteps(2)));
    all.put("snConv", recipe(SnConv.snConv(), JUDGE, train -> train.discriminatorSteps(2)));
    all.put(
        "bssn through vectors",
        recipe(
            Bssn.bssn(0.9).power(Power.power().iterations(2).throughVectors(true)),
            JUDGE,
            train -> train.order(UpdateOrder.SIMULTANEOUS)));
    Layer[] noisy = {
      GaussianNoise.noise(0.3),
      Conv.conv(4).kernel(4).stride(2),
      LeakyRelu.leakyRelu(0.2),
      Dropout.dropout(0.4),
      Flatten.flatten(),
      Dense.dense(1)
    };
    all.put("dropout", recipe(None.none(), noisy, train -> train.discriminatorSteps(2)));
    all.put("reused noise", recipe(Sn.sn(), noisy, train -> train.reuseNoise(true)));
    all.put("ema", gan(None.none(), JUDGE, train -> train).ema(Ema.ema().decay(0.7)).build());
    all.put("gp", recipe(None.none(), JUDGE, train -> train, GradientPenalty.gradientPenalty()));
    all.put(
        "a penalty in every second update, under bssn and dropout",
        recipe(
            Bssn.bssn(1.5),
            noisy,
            train -> train.order(UpdateOrder.GENERATOR_FIRST).discriminatorSteps(2),
            R1.r1().every(2)));
    all.put(
        "lecam",
        recipe(
            None.none(),
            JUDGE,
            train -> train.discriminatorSteps(2).order(UpdateOrder.GENERATOR_FIRST),
            LeCam.lecam().start(2)));
    all.put(
        "scheduled",
        recipe(
            Ssn.ssn(1.5),
            noisy,
            train ->
                train.schedules(
                    ScheduledNumber.scheduled("discriminator.norm.scale", 0.7),
                    ScheduledNumber.scheduled("discriminator.layers.0.std", 0.1).images(20),
                    ScheduledNumber.scheduled("augment.0.probability", 0).steps(2),
                    ScheduledNumber.scheduled("optimizer.discriminator.beta2", 0.99))));
    all.put("conditional", conditional());
    all.put("cycle", cycle(0));
    return all;
  }

  /** One of them. */
  public static Recipe named(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  private static Train train(UnaryOperator<Train> change) {
    return change.apply(Train.train().steps(3).batch(3).accumulate(4).seed(11));
  }

  private static Data data() {
    float[] values = new float[14 * 36];
    int[] labels = new int[14];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 1.7);
      labels[i / 36] = i / 36 % 3;
    }
    return Data.of(DataSets.of(Shape.of(1, 6, 6), values, labels));
  }

  private static Recipe recipe(
      WeightNorm norm, Layer[] judge, UnaryOperator<Train> change, Term... terms) {
    return gan(norm, judge, change, terms).build();
  }

  private static Gan gan(
      WeightNorm norm, Layer[] judge, UnaryOperator<Train> change, Term... terms) {
    return Gan.named("together")
        .data(data())
        .generator(
            g ->
                g.latent(2)
                    .layers(
                        Dense.dense(12),
                        Reshape.reshape(3, 2, 2),
                        BatchNorm.batchNorm(),
                        Relu.relu(),
                        Dropout.dropout(0.2),
                        ConvTranspose.convTranspose(1).kernel(5).stride(3),
                        Tanh.tanh()))
        .discriminator(d -> d.norm(norm).layers(judge))
        .augment(Flip.flip())
        .loss(Hinge.hinge())
        .terms(terms)
        .optimizers(Adam.adam(1e-2, 0.5, 0.9), Adam.adam(2e-2, 0.5, 0.9))
        .train(train(change));
  }

  private static Recipe conditional() {
    return Gan.named("together")
        .data(data())
        .generator(
            g ->
                g.latent(2)
                    .layers(
                        Dense.dense(12),
                        Reshape.reshape(3, 2, 2),
                        ConditionalBatchNorm.conditionalBatchNorm(),
                        Relu.relu(),
                        ConvTranspose.convTranspose(1).kernel(5).stride(3),
                        Tanh.tanh()))
        .discriminator(
            d ->
                d.norm(Sn.sn())
                    .layers(
                        Conv.conv(4).kernel(4).stride(2),
                        LeakyRelu.leakyRelu(0.2),
                        Flatten.flatten(),
                        Projection.projection()))
        .loss(Hinge.hinge())
        .optimizers(Adam.adam(1e-2, 0.5, 0.9), Adam.adam(2e-2, 0.5, 0.9))
        .train(train(t -> t))
        .build();
  }

  /** The game with a backward direction. */
  static Recipe cycle(int pool) {
    return Gan.named("together")
        .data(Pairs.pairs(Ring.ring().points(40), Grid.grid().side(2).points(30)).matched(false))
        .generator(g -> g.layers(Dense.dense(4), BatchNorm.batchNorm(), Dense.dense(2)))
        .discriminator(
            d ->
                d.pool(pool)
                    .norm(Sn.sn())
                    .layers(Dense.dense(3), Dropout.dropout(0.3), Dense.dense(1)))
        .terms(CycleConsistency.cycle(0.7))
        .optimizers(Adam.adam(1e-2, 0.5, 0.9), Adam.adam(2e-2, 0.5, 0.9))
        .train(train(t -> t))
        .build();
  }
}
