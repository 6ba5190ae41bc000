package dev.sparring.dsl

import dev.sparring.augment.Augmentation
import dev.sparring.data.Data
import dev.sparring.loss.Loss
import dev.sparring.loss.Term
import dev.sparring.optim.Optimizer
import dev.sparring.recipe.BlockDefinition
import dev.sparring.recipe.Conventions
import dev.sparring.recipe.Discriminator
import dev.sparring.recipe.Divergence
import dev.sparring.recipe.DivergencePolicy
import dev.sparring.recipe.Ema
import dev.sparring.recipe.Evaluate
import dev.sparring.recipe.FeatureSource
import dev.sparring.recipe.Generator
import dev.sparring.recipe.GeneratorStatistics
import dev.sparring.recipe.KeepBest
import dev.sparring.recipe.Latent
import dev.sparring.recipe.Optimizers
import dev.sparring.recipe.Output
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.recipe.RetryChange
import dev.sparring.recipe.ScheduledNumber
import dev.sparring.recipe.Seeds
import dev.sparring.recipe.Train
import dev.sparring.recipe.UpdateOrder
import dev.sparring.tensor.Precision

/**
 * A recipe: what it trains on, the two networks, and how they learn.
 *
 * ```
 * gan("digits") {
 *     data = digits()
 *     generator(latent = 64) {
 *         init = orthogonal()
 *         dense(4 * 4 * 64); reshape(64, 4, 4); batchNorm(); relu()
 *         convTranspose(1); tanh()
 *     }
 *     discriminator {
 *         norm = sn
 *         conv(32, kernel = 4, stride = 2); leakyRelu(0.1); flatten(); dense(1)
 *     }
 *     loss = hinge
 *     train(steps = 2000, seed = 7)
 * }
 * ```
 *
 * @param name the name of runs: letters, digits, `.`, `_` and `-`; by default `gan`
 * @throws RecipeException if data, generator or discriminator is missing
 */
public fun gan(name: String? = null, settings: GanScope.() -> Unit): Recipe =
    GanScope(name, null).apply(settings).build()

/** The settings of a recipe, inside `gan { }`. */
@GanDsl
public class GanScope
internal constructor(private val name: String?, private val sites: CallSites?) {
    /**
     * Whose defaults apply to settings that the recipe leaves out: [sparring], the default,
     * [pytorch], [keras] or [tensorflow1].
     */
    public var conventions: Conventions = Conventions.SPARRING

    /** This library's own conventions. */
    public val sparring: Conventions
        get() = Conventions.SPARRING

    /** PyTorch's conventions. */
    public val pytorch: Conventions
        get() = Conventions.PYTORCH

    /** Keras's conventions. */
    public val keras: Conventions
        get() = Conventions.KERAS

    /** TensorFlow 1's conventions. */
    public val tensorflow1: Conventions
        get() = Conventions.TENSORFLOW1

    /** The training data, e.g. `digits()`; has to be given. */
    public var data: Data? = null
        set(value) {
            field = noted(value)
        }

    /** What the two networks minimize, e.g. `hinge()`; by default the non-saturating loss. */
    public var loss: Loss? = null
        set(value) {
            field = noted(value)
        }

    /**
     * The terms that are added to the losses: `terms = listOf(gradientPenalty)`; by default none.
     */
    public var terms: List<Term> = emptyList()
        set(value) {
            value.filter { new -> field.none { it === new } }.forEach(::noted)
            field = value
        }

    /**
     * The augmentations of every sample before the discriminator sees it, in this order: `augment =
     * listOf(flip)`; by default none.
     */
    public var augment: List<Augmentation> = emptyList()
        set(value) {
            value.filter { new -> field.none { it === new } }.forEach(::noted)
            field = value
        }

    private val blocks = mutableListOf<BlockDefinition>()
    private var generator: Generator? = null
    private var discriminator: Discriminator? = null
    private var ema: Ema? = null
    private var optimizers: Optimizers = Optimizers.optimizers()
    private var train: Train = Train.train()
    private var divergence: Divergence = Divergence.divergence()
    private var output: Output = Output.output()
    private var evaluate: Evaluate? = null

    /** Layers that networks use by [name], each time with parameters of their own. */
    public fun block(name: String, layers: InnerLayersScope.() -> Unit) {
        blocks += noted(BlockDefinition(name, LayersScope.inner(sites, layers)))
    }

    /**
     * The network that generates samples; has to be given.
     *
     * @param latent how many random numbers a sample is generated from, by default 128
     * @param noise the distribution of these numbers, by default N(0, 1)
     */
    public fun generator(
        latent: Int = Generator.generator(emptyList()).latent,
        noise: Latent = Generator.generator(emptyList()).noise,
        settings: GeneratorScope.() -> Unit,
    ) {
        generator = noted(GeneratorScope(latent, noise, sites).apply(settings).build())
    }

    /**
     * The network that tells real samples from generated ones; has to be given.
     *
     * @param packing how many samples it judges together as one input, by default 1
     * @param pool size of the history of generated samples (image pool); half of those shown to the
     *   discriminator are drawn from it; by default 0, no history
     */
    public fun discriminator(
        packing: Int = Discriminator.discriminator(emptyList()).packing,
        pool: Int = Discriminator.discriminator(emptyList()).pool,
        settings: DiscriminatorScope.() -> Unit,
    ) {
        discriminator = noted(DiscriminatorScope(packing, pool, sites).apply(settings).build())
    }

    /** Adds terms to those that there are: `terms(gradientPenalty)`. */
    public fun terms(vararg more: Term) {
        terms = terms + more
    }

    /** Adds augmentations to those that there are, applied in order: `augment(flip)`. */
    public fun augment(vararg more: Augmentation) {
        augment = augment + more
    }

    /**
     * Draws samples from a moving average of the generator. Unless this is called, they are drawn
     * from the generator as it is. A second call changes only the settings that it names.
     *
     * @param decay the share of the average that is kept at each step, by default 0.999
     * @param start the first step that is averaged, by default 1; before it, the average equals the
     *   generator
     * @param warmup whether the decay is at most (1 + n) / (10 + n) in the n-th averaged step; by
     *   default not
     * @param halfLife instead of a decay, after how many images a weight counts half as much
     * @param ramp with a half-life, it is at most this number times the images so far; by default
     *   it is not shortened
     * @param statistics which running statistics the average has, by default the generator's own
     */
    public fun ema(
        decay: Double? = null,
        start: Int = (ema ?: Ema.ema()).start,
        warmup: Boolean = (ema ?: Ema.ema()).warmup,
        halfLife: Double? = null,
        ramp: Double? = if (decay == null) ema?.ramp else null,
        statistics: GeneratorStatistics = (ema ?: Ema.ema()).statistics,
    ) {
        val isNamed = decay != null || halfLife != null
        val (share, half) = if (isNamed) decay to halfLife else ema?.decay to ema?.halfLife
        ema = noted(Ema(share, start, warmup, half, ramp, statistics))
    }

    /** The optimizers of the two networks; by default Adam with its defaults for both. */
    public fun optimizer(settings: OptimizerScope.() -> Unit) {
        optimizers = noted(OptimizerScope(optimizers).apply(settings).build())
    }

    /** The same optimizer for both networks: `optimizer(adam(lr = 2e-4))`. */
    public fun optimizer(both: Optimizer) {
        optimizers = noted(Optimizers(both, both))
    }

    /**
     * How long and in which order the two train. A second call changes only the settings that it
     * names.
     *
     * @param steps how many steps, by default 1,000
     * @param batch samples in each update, by default 64
     * @param seed decides every random number of the run, by default 42, except those of [seeds]
     * @param seeds seeds of some random numbers: `seeds(weights = 1)`; by default each is [seed]
     * @param discriminatorSteps updates of the discriminator in a step, by default 1
     * @param generatorSteps updates of the generator in a step, by default 1
     * @param order which network is updated first in a step, by default the discriminator
     * @param generatorBatch samples in each update of the generator; null, the default, stands for
     *   [batch]
     * @param reuseNoise whether a generator update reuses the noise and dropout of the
     *   discriminator update in the same step (the previous one, or the next one if the generator
     *   goes first); by default it draws its own
     * @param accumulate how many batches go into each update, by default 1; equivalent to one batch
     *   that many times as large, except that batch statistics are per batch
     * @param shuffle whether each epoch reads the data in another order, by default true
     * @param precision of numbers on the engine, by default single; BF16 is mixed precision
     * @param portable whether the run has the same bits on every x86-64 processor with AVX2, on
     *   Linux, at the cost of speed; by default false
     * @param schedules numbers of the recipe that change while it trains: `schedules =
     *   listOf(scheduled("terms.0.gamma", to = 0.005))`; by default none
     */
    public fun train(
        steps: Int = train.steps,
        batch: Int = train.batch,
        seed: Long = train.seed,
        seeds: Seeds = train.seeds,
        discriminatorSteps: Int = train.discriminatorSteps,
        generatorSteps: Int = train.generatorSteps,
        order: UpdateOrder = train.order,
        generatorBatch: Int? = train.generatorBatch,
        reuseNoise: Boolean = train.reuseNoise,
        accumulate: Int = train.accumulate,
        shuffle: Boolean = train.shuffle,
        precision: Precision = train.precision,
        portable: Boolean = train.portable,
        schedules: List<ScheduledNumber> = train.schedules,
    ) {
        train =
            Train(
                steps,
                batch,
                seed,
                seeds,
                discriminatorSteps,
                generatorSteps,
                order,
                generatorBatch,
                reuseNoise,
                accumulate,
                shuffle,
                precision,
                portable,
                schedules,
            )
        noted(train)
    }

    /**
     * What the run does when a loss or a weight is no longer finite; unless this is called, it
     * stops. A second call changes only the settings that it names.
     *
     * @param policy stop, the default, or retry: go back to a checkpoint and train on with a change
     * @param times how often it goes back at most, by default 3
     * @param change what differs in a retry: the random numbers, the default, or lower learning
     *   rates
     * @param factor by which each retry multiplies the learning rates if they are the change, by
     *   default 0.5
     */
    public fun divergence(
        policy: DivergencePolicy = divergence.policy,
        times: Int = divergence.times,
        change: RetryChange = divergence.change,
        factor: Double = divergence.factor,
    ) {
        divergence = noted(Divergence(policy, times, change, factor))
    }

    /**
     * What a run writes and how often. A second call changes only the settings that it names.
     *
     * @param metricsEvery steps between rows of metrics, by default 1
     * @param samplesEvery steps between pictures of samples, by default 500
     * @param checkpointsEvery steps between checkpoints, by default 500
     * @param keepCheckpoints how many of the newest checkpoints stay, by default 2
     * @param keepBest which other checkpoint stays, the best by a column of the metrics, e.g.
     *   `keepBest("frechet_distance.pixels")`; by default none
     * @param sampleCount samples in a picture, by default 64
     * @param diagnosticsEvery steps between measurements of gradients, weights and scores, by
     *   default 100; 0 for none
     */
    public fun output(
        metricsEvery: Int = output.metricsEvery,
        samplesEvery: Int = output.samplesEvery,
        checkpointsEvery: Int = output.checkpointsEvery,
        keepCheckpoints: Int = output.keepCheckpoints,
        keepBest: KeepBest? = output.keepBest,
        sampleCount: Int = output.sampleCount,
        diagnosticsEvery: Int = output.diagnosticsEvery,
    ) {
        output =
            Output(
                metricsEvery,
                samplesEvery,
                checkpointsEvery,
                keepCheckpoints,
                keepBest,
                sampleCount,
                diagnosticsEvery,
            )
        noted(output)
    }

    /**
     * Measures samples during training; unless this is called, nothing is measured. A second call
     * changes only the settings that it names.
     *
     * @param every steps between measurements, by default 1,000; there is always one after the last
     *   step
     * @param samples how many are generated for each measurement, by default 2,000
     * @param extractor the features by which images are compared, by default their pixels
     * @param seed seeds the noise and the choice of real samples, by default 0
     * @param data the samples to compare with, and the sources if images are generated from images;
     *   null, the default, stands for the training data
     * @param statistics which running statistics the measured generator has; null, the default,
     *   stands for those of samples
     */
    public fun evaluate(
        every: Int = (evaluate ?: Evaluate.evaluate()).every,
        samples: Int = (evaluate ?: Evaluate.evaluate()).samples,
        extractor: FeatureSource = (evaluate ?: Evaluate.evaluate()).extractor,
        seed: Long = (evaluate ?: Evaluate.evaluate()).seed,
        data: Data? = (evaluate ?: Evaluate.evaluate()).data,
        statistics: GeneratorStatistics? = (evaluate ?: Evaluate.evaluate()).statistics,
    ) {
        evaluate = noted(Evaluate(every, samples, extractor, seed, data, statistics))
    }

    internal fun build(): Recipe {
        val data = data
        val generator = generator
        val discriminator = discriminator
        if (data == null || generator == null || discriminator == null) {
            throw RecipeException(
                listOfNotNull(
                    missing("data", "data = ...").takeIf { data == null },
                    missing("generator", "generator { ... }").takeIf { generator == null },
                    missing("discriminator", "discriminator { ... }").takeIf {
                        discriminator == null
                    },
                )
            )
        }
        val defaults = Recipe.recipe(data, generator, discriminator)
        return Recipe(
            name ?: defaults.name,
            conventions,
            data,
            blocks,
            generator,
            discriminator,
            loss ?: defaults.loss,
            terms,
            augment,
            optimizers,
            train,
            ema,
            divergence,
            output,
            evaluate,
        )
    }

    /** The same, with its place remembered. */
    private fun <T> noted(part: T): T = part.also { if (it != null) sites?.note(it) }

    private fun missing(what: String, write: String): Problem {
        val gan = if (name == null) "gan" else "gan(\"$name\")"
        return Problem(what, "missing: $gan { } needs $write")
    }
}
