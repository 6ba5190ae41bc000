// How much of the spread of Frechet distances is the classifier's? The samples of several runs, each measured by
// several classifiers, which were trained from other seeds: weights, order and held-out images.
//   sparring run samples/studies/bssn/classifiers.gan.kts 8 sweeps/bssn-norms/norm=sn/seed-* > classifiers.csv
// results/classifiers-digits.csv is of 5 classifiers and the runs `without` of the claim batch-norm-in-d, seeds 1 to 5.
import dev.sparring.classify.ClassifierArchitecture
import dev.sparring.classify.ClassifierCache
import dev.sparring.classify.ClassifierExtractor
import dev.sparring.dsl.RecipeFormat
import dev.sparring.eval.Evaluation
import dev.sparring.eval.RealSamples
import dev.sparring.metric.FrechetDistance
import dev.sparring.metric.GaussianMoments
import dev.sparring.random.Seed
import dev.sparring.run.RunData
import dev.sparring.run.RunDirectory
import dev.sparring.run.Runs
import dev.sparring.statistics.VarianceComponents
import dev.sparring.tensor.Device
import dev.sparring.tensor.Engines
import dev.sparring.tensor.Precision
import java.nio.file.Path

val count = args[0].toInt()
val runs = args.drop(1).map { RunDirectory(Path.of(it)) }
val cache = Path.of(System.getProperty("java.io.tmpdir"), "sparring-classifiers")

Engines.openPortable("torch", Device.CPU, Precision.FLOAT32).use { engine ->
    val recipes = runs.map { RecipeFormat.onClassPath.read(it.recipe()) }
    val real = RunData.open(runs[0], recipes[0], System.err::println)
    val samples = recipes[0].evaluate()?.samples() ?: Evaluation.STANDARD_IMAGES
    val seed = recipes[0].evaluate()?.seed() ?: 0
    val samplers = runs.indices.map { Runs.sampler(runs[it], recipes[it], engine) }
    val made = samplers.map { it.sample(samples, seed) }
    println("classifier,accuracy," + runs.joinToString(",") { it.path.fileName.toString() })
    val rows =
        (0 until count).map { own ->
            val kept = ClassifierCache(cache, ClassifierArchitecture.cnn1(), Seed(own.toLong()), System.err::println)
            val extractor = ClassifierExtractor(kept.classifier(recipes[0].name(), real, engine))
            val compared = RealSamples.of(real, extractor, samples, seed).moments()
            val distances =
                made.map {
                    val fake = extractor.features(it, real.sampleShape())
                    FrechetDistance.between(compared, GaussianMoments.of(fake)).value()
                }
            val facts = extractor.classifier().facts()
            println("$own,${facts.accuracy()}," + distances.joinToString(","))
            distances
        }
    val table = rows.flatten().toDoubleArray()
    val names = listOf("classifier", "training")
    VarianceComponents.of(intArrayOf(count, runs.size), table)!!
        .components(0.95, 10_000, Seed(0).stream("classifiers", 0))
        .forEach { part ->
            val what = part.sources().joinToString(" x ") { names[it] }
            System.err.println("$what: variance ${part.variance()}, share ${part.share()} ${part.interval()}")
        }
}
