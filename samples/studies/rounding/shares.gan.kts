// Which part of a figure's spread is rounding's, and which the seed's? From the rows that run.sh has written.
//   sparring run samples/studies/rounding/shares.gan.kts samples/studies/rounding/results/runs.csv high_quality
import dev.sparring.random.Seed
import dev.sparring.statistics.VarianceComponents
import java.nio.file.Files
import java.nio.file.Path

val lines = Files.readAllLines(Path.of(args[0]))
val header = lines[0].split(",")
val cells = lines.drop(1).map { it.split(",") }
val kernels = cells.map { it[0] }.distinct()
val seeds = cells.map { it[header.indexOf("seed")] }.distinct()

// The columns up to the figures have no commas in them.
fun figure(kernel: String, seed: String, name: String) =
    cells.first { it[0] == kernel && it[header.indexOf("seed")] == seed }[header.indexOf(name)].toDouble()

for (name in args.drop(1)) {
    println("$name by seed, " + kernels.joinToString())
    seeds.forEach { seed -> println("$seed " + kernels.joinToString(" ") { "${figure(it, seed, name)}" }) }
    val table = seeds.flatMap { seed -> kernels.map { figure(it, seed, name) } }.toDoubleArray()
    val sources = listOf("seed", "kernels")
    VarianceComponents.of(intArrayOf(seeds.size, kernels.size), table)!!
        .components(0.95, 10_000, Seed(0).stream("rounding $name", 0))
        .forEach { part ->
            println(part.sources().joinToString(" x ") { sources[it] } + ": share ${part.share()} ${part.interval()}")
        }
}
