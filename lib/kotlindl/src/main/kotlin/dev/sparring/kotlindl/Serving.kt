@file:JvmName("KotlinDl")

package dev.sparring.kotlindl

import dev.sparring.dsl.RecipeText
import dev.sparring.network.Network
import dev.sparring.recipe.Latent
import dev.sparring.recipe.Recipe
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.tensor.Engine
import java.nio.FloatBuffer
import org.jetbrains.kotlinx.dl.api.core.Sequential
import org.jetbrains.kotlinx.dl.api.core.freeze
import org.jetbrains.kotlinx.dl.api.core.layer.KVariable
import org.jetbrains.kotlinx.dl.api.core.layer.ParametrizedLayer
import org.jetbrains.kotlinx.dl.api.core.loss.Losses
import org.jetbrains.kotlinx.dl.api.core.metric.Metrics
import org.jetbrains.kotlinx.dl.api.core.optimizer.SGD
import org.tensorflow.Session
import org.tensorflow.Tensor

/**
 * Hands the generator of a run's newest checkpoint to KotlinDL.
 *
 * ```
 * val generator = TorchEngine.open(Device.CPU, Precision.FLOAT32).use { engine ->
 *     RunDirectory(Path.of("runs/digits/seed-0")).toKotlinDl(engine)
 * }
 * generator.use {
 *     val images = it.sample(count = 16, seed = 7) // (16, 1, 8, 8)
 *     it.model.save(File("served"), SavingFormat.TF_GRAPH_CUSTOM_VARIABLES)
 * }
 * ```
 *
 * In Java, `KotlinDl.toKotlinDl(run, engine)`. Programs without Sparring or an engine read the
 * saved model by KotlinDL's `TensorFlowInferenceModel.load`.
 *
 * KotlinDL logs through SLF4J, which prints a warning if it has no provider (`slf4j-nop` is a
 * silent one), and TensorFlow 1.15 logs to standard error unless the environment has
 * `TF_CPP_MIN_LOG_LEVEL=1`.
 *
 * @param engine reads the checkpoint; nothing of it is used afterwards
 * @throws dev.sparring.run.RunException if there is no checkpoint, or it does not fit the run's
 *   recipe
 * @throws dev.sparring.dsl.RecipeSyntaxException if the run has no recipe that can be read
 */
public fun RunDirectory.toKotlinDl(engine: Engine): KotlinDlGenerator =
    toKotlinDl(RecipeText.read(recipe()), engine)

/**
 * Hands the generator of a run's newest checkpoint to KotlinDL.
 *
 * @param recipe the run's own
 * @param engine reads the checkpoint; nothing of it is used afterwards
 * @throws dev.sparring.run.RunException if there is no checkpoint, or it is not of that recipe
 */
public fun RunDirectory.toKotlinDl(recipe: Recipe, engine: Engine): KotlinDlGenerator {
    var served: KotlinDlGenerator? = null
    engine.scope {
        served = Runs.generator(this, recipe, engine).toKotlinDl(recipe.generator().noise())
    }
    return checkNotNull(served)
}

/**
 * Hands a generator to KotlinDL, with the weights that evaluation uses at this moment: normalized
 * ones normalized, and running statistics for batch normalization. Later training does not affect
 * it.
 *
 * @param noise the distribution of the generator's input
 * @throws IllegalArgumentException if the network's input is not noise
 */
@JvmOverloads
public fun Network.toKotlinDl(noise: Latent = Latent.NORMAL): KotlinDlGenerator {
    val stages = Translation.of(plan())
    val model = Sequential.of(stages.map { it.layer })
    try {
        model.freeze() // a transposed convolution has no gradient in TensorFlow 1.15
        model.compile(SGD(), Losses.MSE, Metrics.MSE)
        model.init()
        val session = session(model)
        val numbers = numbers()
        stages.forEach { fill(it, it.values(numbers), session) }
        return KotlinDlGenerator(plan().input().dim(0), plan().output(), model, session, noise)
    } catch (e: Throwable) {
        model.close()
        throw e
    }
}

private fun Network.numbers(): Map<String, FloatArray> {
    val numbers = HashMap<String, FloatArray>()
    engine().scope {
        engine().withoutGradients {
            normalizedParameters().forEach { (path, t) -> numbers[path] = t.toFloats() }
            buffers().forEach { (path, t) -> numbers[path] = t.toFloats() }
        }
    }
    return numbers
}

private fun fill(stage: Stage, values: List<FloatArray>, session: Session) {
    val variables = (stage.layer as? ParametrizedLayer)?.variables.orEmpty()
    check(variables.map { it.dims().reduce(Long::times) } == values.map { it.size.toLong() }) {
        "${stage.layer.name}: KotlinDL has the variables $variables"
    }
    variables.zip(values).forEach { (variable, v) -> assign(variable, v, session) }
}

// Layer.weights does the same with nested arrays, which hold vectors as objects.
private fun assign(variable: KVariable, values: FloatArray, session: Session) {
    Tensor.create(variable.dims(), FloatBuffer.wrap(values)).use { tensor ->
        val (assign, initial) = variable.initializerOperation
        session.runner().feed(initial, tensor).addTarget(assign).run()
    }
}

private fun KVariable.dims() = LongArray(shape.numDimensions()) { shape.size(it) }

/**
 * The session that holds the model's variables. To Kotlin it is internal; without it samples could
 * only be predicted one by one.
 */
private fun session(model: Sequential): Session =
    Sequential::class.java.getMethod("getSession\$api").invoke(model) as Session
