package dev.sparring.cli.cluster

/**
 * A run that a process of Sparring's command line is to train, on some machine of a cluster. The
 * process writes a checkpoint and ends when its standard input is closed, and goes on from there
 * when it is started again. Exit codes are those of `sparring train`: 130 and 143 mean that it was
 * interrupted.
 *
 * @property title such as `[3/15] sn, seed 1`
 * @property folder where the process starts, which has to be the same folder on all machines
 * @property log the file for what it prints, on the same terms
 * @property options of its JVM
 * @property threads one more option of its JVM, to which the number of threads is appended; null if
 *   it has a number of its own
 * @property classPath the class path of its JVM
 * @property arguments its main class and the arguments of that
 */
public class ClusterRun(
    public val title: String,
    public val folder: String,
    public val log: String,
    public val options: List<String>,
    public val threads: String?,
    public val classPath: String,
    public val arguments: List<String>,
)
