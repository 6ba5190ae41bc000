package dev.sparring.cli.cluster

import dev.sparring.cli.BadInput
import dev.sparring.cli.Terminal
import dev.sparring.cli.defaults.DefaultOption
import dev.sparring.setting.Shown
import dev.sparring.tensor.Device
import java.util.ServiceLoader
import picocli.CommandLine
import picocli.CommandLine.Option

/** The options that let a cluster train the runs of a sweep. */
internal class ClusterOptions {
    @Option(
        names = [SPARK],
        paramLabel = "MASTER",
        description =
            [
                "trains the runs on this cluster of Apache Spark, such as spark://HOST:7077; needs " +
                    "sparring-spark and Spark (see samples/sweeps/spark.md)"
            ],
    )
    var spark: String? = null

    @Option(
        names = [CONF],
        paramLabel = "spark.KEY=VALUE",
        description =
            ["with --spark: a setting of Spark's, such as spark.cores.max=64; may be repeated"],
    )
    var settings: List<String> = emptyList()

    /**
     * The cluster that is asked for; null if none is. Refuses options that make no sense together;
     * defaults of the user yield.
     */
    fun chosen(command: CommandLine, device: Device, terminal: Terminal): ChosenCluster? {
        val master = spark
        if (master == null) {
            if (settings.isNotEmpty()) throw BadInput("$CONF: goes with $SPARK")
            return null
        }
        val given = command.parseResult
        if (given.hasMatchedOption("--part")) {
            throw BadInput("--part: with $SPARK the cluster shares out the runs; leave one out")
        }
        if (given.hasMatchedOption("--jobs")) {
            throw BadInput(
                "--jobs: with $SPARK there are as many runs at a time as the cluster has cores for, " +
                    "--threads each; leave it out, or bound it by $CONF spark.cores.max=N"
            )
        }
        terminal.defaults
            .find { it.option == DefaultOption.JOBS }
            ?.let { terminal.log("${it.line} counts for nothing with $SPARK") }
        if (device.index() > 0) {
            throw BadInput(
                "--device: with $SPARK each run has a card by itself, which is its cuda:0; write cuda"
            )
        }
        return ChosenCluster(master, byName(), service())
    }

    private fun byName(): Map<String, String> {
        val found = mutableMapOf<String, String>()
        for (setting in settings) {
            val (key, value) =
                SETTING.matchEntire(setting)?.destructured?.toList()
                    ?: throw BadInput(
                        "$CONF: expected spark.KEY=VALUE, got ${Shown.quoted(setting)}"
                    )
            if (found.put(key, value) != null) throw BadInput("$CONF: $key is there twice")
        }
        return found
    }

    private fun service(): SweepCluster =
        ServiceLoader.load(SweepCluster::class.java).firstOrNull()
            ?: throw BadInput(
                "$SPARK: sparring-spark is not on the class path; " +
                    "SPARRING_CLASSPATH=sparring-spark.jar:SPARK_HOME/jars/* puts it and Spark there " +
                    "(see samples/sweeps/spark.md)"
            )

    companion object {
        const val SPARK = "--spark"
        const val CONF = "--spark-conf"

        private val SETTING = Regex("(spark\\.[^=\\s]+)=(.*)", RegexOption.DOT_MATCHES_ALL)
    }
}
