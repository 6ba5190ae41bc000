package dev.sparring.dsl.fuzz

import com.sun.management.ThreadMXBean
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.recipe.RecipeException
import java.lang.management.ManagementFactory
import java.util.concurrent.Callable
import java.util.concurrent.ExecutionException
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import java.util.concurrent.TimeoutException

/** Says what is wrong with how an input was answered. */
internal object Oracle {
    /** On a busy machine; an input takes milliseconds. */
    private const val MOST_SECONDS = 20L
    private const val MOST_BYTES = 1_500_000_000L
    private const val STACK = 512L * 1024
    private const val LONGEST_LINE = 4_100

    /** An exception, or an object that does not say what it is. */
    private val CLASS =
        Regex("(java|kotlin|sparring|krzeminski)\\.[\\w.$]*(Exception|Error|@[0-9a-f]{4})")
    private val memory = ManagementFactory.getThreadMXBean() as ThreadMXBean

    /**
     * Null if the work ends, or is refused in lines that can be printed, in bounded time, memory
     * and stack.
     */
    fun complaint(work: () -> Unit): String? {
        var allocated = 0L
        val task =
            FutureTask(
                Callable {
                    val before = memory.currentThreadAllocatedBytes
                    try {
                        work()
                    } finally {
                        allocated = memory.currentThreadAllocatedBytes - before
                    }
                }
            )
        val thread = Thread(null, task, "fuzz", STACK).apply { isDaemon = true }
        thread.start()
        val refused =
            try {
                task.get(MOST_SECONDS, TimeUnit.SECONDS)
                null
            } catch (_: TimeoutException) {
                val trace = thread.stackTrace.take(12).joinToString("\n  at ")
                return "took over $MOST_SECONDS s\n  at $trace"
            } catch (e: ExecutionException) {
                e.cause
            }
        return when {
            allocated > MOST_BYTES -> "took $allocated bytes"
            refused == null -> null
            refused !is RecipeSyntaxException && refused !is RecipeException ->
                refused.stackTraceToString().lines().take(14).joinToString("\n")
            else -> ofMessage(refused.message)
        }
    }

    private fun ofMessage(message: String?): String? {
        if (message.isNullOrBlank()) return "an empty message"
        val lines = message.split('\n')
        return when {
            lines.any { it.isBlank() } -> "an empty line in: $message"
            lines.any { it.length > LONGEST_LINE } ->
                "a line of ${lines.maxOf { it.length }} characters"
            lines.any { line ->
                line.any { it.isISOControl() || it.category == CharCategory.FORMAT }
            } -> "control characters in: $message"
            lines.any(CLASS::containsMatchIn) -> "a name of a class in: $message"
            else -> null
        }
    }
}
