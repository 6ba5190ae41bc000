package dev.sparring.train;

import dev.sparring.data.DataSet;
import dev.sparring.network.Network;
import dev.sparring.network.Sampler;
import dev.sparring.plan.GamePlan;
import dev.sparring.random.RunSeeds;
import dev.sparring.recipe.GeneratorStatistics;
import dev.sparring.recipe.Recipe;
import dev.sparring.tensor.Engine;
import dev.sparring.tensor.EngineException;
import dev.sparring.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A recipe being trained on an engine. It does not write files or to the terminal; listeners do.
 *
 * <pre>{@code
 * Training training = Training.of(recipe, engine);
 * training.listen(listener);
 * training.run();
 * float[] images = training.sampler().sample(16, 7);
 * }</pre>
 */
public final class Training {
  private final GamePlan plan;
  private final Recipe recipe;
  private final DataSet data;
  private final boolean isDataGiven;
  private final Engine engine;
  private final List<Direction> directions;
  private final List<Player> players;
  private final Player generator;
  private Objective objective;
  private AdversarialLoop loop;
  private final DrawnGenerator drawn;
  private final ScheduledGame scheduled;
  private RecipeInputs own;
  private GameInputs inputs;
  private List<Retry> retries = List.of();
  private Processes processes = Processes.ALONE;
  private Parts parts;
  private final Watchers watchers = new Watchers(this);
  private volatile boolean stopRequested;
  private long step;
  private double earlierSeconds;
  private long startNanos;

  private Training(GamePlan plan, Engine engine, DataSet data, boolean isDataGiven) {
    EngineCheck.opened(plan, engine);
    DataCheck.form(plan, data);
    this.plan = plan;
    this.isDataGiven = isDataGiven;
    recipe = plan.recipe();
    this.data = data;
    this.engine = engine;
    engine.expect(plan.workload());
    directions = plan.directions().stream().map(d -> new Direction(d, recipe, engine)).toList();
    generator = directions.get(0).G;
    players = directions.stream().flatMap(d -> Stream.of(d.G, d.D)).toList();
    Attempt attempt = Attempt.after(List.of(), recipe);
    objective = new Objective(plan, engine, attempt.seeds().rest());
    parts = Parts.alone(recipe.train(), () -> stopRequested);
    loop = loop(attempt);
    own = new RecipeInputs(plan, engine, data, attempt.seeds());
    inputs = own;
    new FirstBatch(plan, data, engine, attempt.seeds().weights())
        .start(directions.stream().map(d -> List.of(d.generator(), d.discriminator())).toList());
    drawn = DrawnGenerator.of(recipe, generator.network());
    scheduled = new ScheduledGame(plan, directions, drawn);
    scheduled.follow(0);
  }

  /**
   * Creates the networks of a recipe, with the recipe's own data.
   *
   * @throws dev.sparring.recipe.RecipeException if the recipe does not fit together
   * @throws dev.sparring.data.DataException if the data is missing
   */
  public static Training of(Recipe recipe, Engine engine) {
    GamePlan plan = GamePlan.of(recipe);
    return ofOpened(plan, engine, recipe.openData(line -> {}));
  }

  /**
   * Creates the networks of a planned recipe, with data that the program gives. Run directories
   * record that, and where the data is not the recipe's, commands refuse to measure the run. A
   * recipe that names its own data needs none: {@link dev.sparring.data.InMemory} for arrays,
   * {@link dev.sparring.data.Data#of} for a data set.
   *
   * @param data its samples have the shape of the recipe's data
   * @throws dev.sparring.data.DataException if shapes, labels or sources are not what the plan says
   * @throws EngineException if the recipe says {@code portable} or {@code bf16} and the engine is
   *     not opened for it
   */
  public static Training of(GamePlan plan, Engine engine, DataSet data) {
    return new Training(plan, engine, data, true);
  }

  /**
   * The same with the recipe's own data, which the caller has opened by {@link Recipe#openData},
   * e.g. for several trainings.
   *
   * @throws dev.sparring.data.DataException if shapes, labels or sources are not what the plan says
   * @throws EngineException if the recipe says {@code portable} or {@code bf16} and the engine is
   *     not opened for it
   */
  public static Training ofOpened(GamePlan plan, Engine engine, DataSet data) {
    return new Training(plan, engine, data, false);
  }

  /** Adds a listener; listeners are called in the order of adding. */
  public Training listen(TrainingListener listener) {
    watchers.add(listener);
    return this;
  }

  /** Adds a gauge; gauges are read in the order of adding. */
  public Training measure(Gauge gauge) {
    watchers.add(gauge);
    return this;
  }

  /** Adds a detector, which watches the figures of every step. */
  public Training watch(Detector detector) {
    watchers.add(detector);
    return this;
  }

  /**
   * Gives detectors a step of an earlier part of this training, so that they continue from there.
   *
   * @param earlier a step up to the one of {@link #resume}, later than those recalled before
   * @return what they notice, which listeners have been told when the step was trained, unless the
   *     process was killed just then
   */
  public List<Finding> recall(Step earlier) {
    return watchers.hear(earlier);
  }

  /** The names of all figures that its steps may have, in order. */
  public List<String> figures() {
    List<String> names = new ArrayList<>(Step.LOSSES);
    names.addAll(scheduled.names());
    if (recipe.divergence().retries()) {
      names.add(Step.RETRIES);
    }
    names.addAll(watchers.figures());
    return names;
  }

  /**
   * Conditions that must be equal for figures to be compared, a line for each gauge that has some.
   */
  public List<String> conditions() {
    return watchers.conditions();
  }

  /** The fingerprints of the data that gauges compare with, by place in the recipe. */
  public Map<String, String> comparedData() {
    return watchers.comparedData();
  }

  /** Replaces the recipe's samples and noise, e.g. to repeat the run of another program. */
  public Training inputs(GameInputs inputs) {
    this.inputs = inputs;
    return this;
  }

  /**
   * Trains together with other processes, each of which has a training of the same recipe and data.
   * As it runs it begins with the first process's state, whatever its own is; listeners, gauges and
   * detectors are those of each process.
   *
   * @throws dev.sparring.recipe.RecipeException if that number of processes cannot train it
   */
  public Training join(Processes others) {
    Processes.require(plan, others.count());
    processes = others;
    parts = Parts.of(plan, others.group(), players, () -> stopRequested);
    loop = loop(attempt());
    return this;
  }

  private AdversarialLoop loop(Attempt attempt) {
    return new AdversarialLoop(plan, directions, objective, attempt.rateFactor(), parts);
  }

  /** The processes that train together. */
  public Processes processes() {
    return processes;
  }

  /**
   * Ends the training after the current step; may be called from any thread. Of several processes
   * one is enough: all end after the same step, which may be the one after the current.
   */
  public void requestStop() {
    stopRequested = true;
  }

  /**
   * Trains up to the recipe's last step. Where the data is streamed, a thread reads its batches
   * ahead; it has ended when this returns or throws.
   *
   * @return how it ended: {@link Ending#COMPLETED} or {@link Ending#STOPPED}
   * @throws DivergedException if a loss or a weight is no longer finite; listeners have been told
   */
  public Ending run() {
    startNanos = System.nanoTime();
    Ending ending = Ending.FAILED;
    RecipeInputs.Ahead ahead = () -> {};
    try {
      watchers.started();
      if (processes.count() > 1) {
        resume(SharedState.share(this, processes.group()));
        startNanos = System.nanoTime(); // what was shared has the seconds so far
      }
      ahead = own.readAhead(processes.group().rank(), processes.count());
      while (step < recipe.train().steps() && !parts.stops()) {
        advance();
      }
      ending = step < recipe.train().steps() ? Ending.STOPPED : Ending.COMPLETED;
    } catch (DivergedException e) {
      ending = Ending.DIVERGED;
      throw e;
    } finally {
      ahead.close();
      watchers.ended(ending);
    }
    return ending;
  }

  private void advance() {
    long next = step + 1;
    scheduled.follow(next);
    List<Gauge> due = watchers.before(next);
    Map<String, Double> figures = loop.step(next, inputs);
    Sentinel.checkWeights(next, players);
    drawn.follow(next);
    step = next;
    figures.putAll(scheduled.figures(next));
    if (recipe.divergence().retries()) {
      figures.put(Step.RETRIES, (double) retries.size());
    }
    due.forEach(g -> figures.putAll(g.read(this, next)));
    watchers.stepped(new Step(step, seconds(), figures));
  }

  /** The plan of the recipe. */
  public GamePlan plan() {
    return plan;
  }

  /** The recipe, with the settings that its convention decides written out. */
  public Recipe recipe() {
    return recipe;
  }

  /** The training data. */
  public DataSet data() {
    return data;
  }

  /** Whether the program gave the data, and not the recipe. */
  public boolean isDataGiven() {
    return isDataGiven;
  }

  /** The inputs of both networks; reading them does not change the training. */
  public GameInputs inputs() {
    return inputs;
  }

  /** The engine. */
  public Engine engine() {
    return engine;
  }

  /** The seeds of what its updates draw now: the recipe's, or others after a retry. */
  public RunSeeds seeds() {
    return attempt().seeds();
  }

  private Attempt attempt() {
    return Attempt.after(retries, recipe);
  }

  /** Its pairs of networks: one, or two if there is a backward direction. */
  public List<Direction> directions() {
    return directions;
  }

  /** The inputs of a direction in the next step. */
  public NextStep next(Direction direction) {
    return direction.next(plan, inputs, step + 1);
  }

  /**
   * The networks by name: {@code generator} and {@code discriminator}, and if there is a backward
   * direction {@code generator_back} and {@code discriminator_back}.
   */
  public Map<String, Network> networks() {
    Map<String, Network> all = new LinkedHashMap<>();
    players.forEach(player -> all.put(player.network().plan().name(), player.network()));
    return all;
  }

  /** The objectives of both networks. */
  public Objective objective() {
    return objective;
  }

  /** Generates samples with the current generator, or its average if the recipe has one. */
  public Sampler sampler() {
    return sampler(data);
  }

  /** The same from the sources of other data, where images are generated from images. */
  public Sampler sampler(DataSet from) {
    return sampler(from, GeneratorStatistics.ofSamples(recipe));
  }

  /**
   * The same with other running statistics of the generator. Standing ones are gathered now, and
   * samplers with them keep those until the next one is asked for.
   *
   * @param statistics kept ones only if the recipe's average keeps them
   */
  public Sampler sampler(DataSet from, GeneratorStatistics statistics) {
    return Sampler.of(drawn.with(statistics), recipe, from);
  }

  /** The progress so far. */
  public Progress progress() {
    Map<String, Long> updates = new LinkedHashMap<>();
    players.forEach(player -> updates.put(player.network().plan().name(), player.updates()));
    return new Progress(step, seconds(), updates, retries);
  }

  /**
   * Every tensor of a checkpoint, in its groups: each network's parameters and buffers under the
   * network's name; states of norms, the optimizers' state and the average of the generator under
   * {@code training}. Writing into them restores the training.
   */
  public Map<String, Map<String, Tensor>> tensors() {
    return TrainingTensors.of(players, directions, drawn.average());
  }

  /**
   * The name in {@link #tensors} of the average of one of the generator's parameters or kept
   * statistics.
   */
  public static String average(String path) {
    return Average.PREFIX + path;
  }

  /**
   * Continues from an earlier point, whose tensors have been written into {@link #tensors}. If the
   * training went back after a divergence, it goes on with what that changed; inputs of another
   * program are to be set afterwards.
   */
  public void resume(Progress progress) {
    if (!progress.retries().equals(retries)) {
      retries = progress.retries();
      Attempt attempt = attempt();
      directions.forEach(direction -> direction.seeds(attempt.seeds()));
      objective = new Objective(plan, engine, attempt.seeds().rest());
      loop = loop(attempt);
      own = new RecipeInputs(plan, engine, data, attempt.seeds());
      inputs = own;
    }
    step = progress.step();
    scheduled.follow(step);
    earlierSeconds = progress.seconds();
    players.forEach(player -> player.updates(progress.updates(player.network().plan().name())));
  }

  private double seconds() {
    double now = startNanos == 0 ? 0 : (System.nanoTime() - startNanos) / 1e9;
    return earlierSeconds + now;
  }
}
