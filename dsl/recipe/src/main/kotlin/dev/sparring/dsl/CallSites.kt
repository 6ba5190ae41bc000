package dev.sparring.dsl

import dev.sparring.dsl.sweep.SweepDefinition
import dev.sparring.recipe.Recipe
import java.lang.StackWalker.StackFrame
import java.util.IdentityHashMap

/**
 * Where in a program's text the parts of its recipes are written: of each layer, section, loss,
 * term and so on the call that adds it. Recipes are values and know nothing of this; who wants
 * places in messages describes recipes by [gan] of this class and asks [find].
 *
 * @param isSource whether a file of this name is the program's text, rather than a library's
 */
public class CallSites(private val isSource: (String) -> Boolean) {
    private val parts = IdentityHashMap<Any, Call>()
    private val calls = mutableMapOf<Key, Call>()

    /** The same as the function [dev.sparring.dsl.gan]; remembers where its parts are written. */
    public fun gan(name: String? = null, settings: GanScope.() -> Unit): Recipe =
        GanScope(name, this).apply(settings).build().also(::note)

    /** The same as the function [dev.sparring.dsl.sweep]; remembers where its parts are written. */
    public fun sweep(name: String? = null, settings: SweepScope.() -> Unit): SweepDefinition =
        SweepScope(name, this).apply(settings).build()

    /**
     * The call that a path of a recipe leads to, or the nearest call around it; null if nothing of
     * that is known, as for parts that were changed afterwards.
     *
     * @param path such as `generator.layers.3.units`
     */
    public fun find(recipe: Recipe, path: String): CallSite? {
        var part: Any? = recipe
        var nearest = site(recipe)
        for (key in path.split('.')) {
            part = part?.let { below(it, key) }
            nearest = part?.let(::site) ?: nearest
        }
        return nearest
    }

    /** The call that runs at this moment; null if none of the program's text is running. */
    internal fun here(): Call? {
        val frames = STACK.walk { it.toList() }
        val at = frames.indexOfFirst { isSource(it.fileName.orEmpty()) }
        if (at < 1) return null
        val own = frames.drop(at).filter { isSource(it.fileName.orEmpty()) }
        val key = Key(own[0].className, own[0].methodName, own[0].byteCodeIndex)
        return calls.getOrPut(key) {
            Call(key, "${own[0].fileName}", own[0].lineNumber, word(frames[at - 1]), chain(own))
        }
    }

    /** Remembers where a part is written: at the call that runs at this moment, or at another. */
    internal fun note(part: Any, call: Call? = here()) {
        if (call == null) return
        val before = parts.putIfAbsent(part, call)
        // One object that is used in two places has none of its own.
        if (before != null && before != call) parts[part] = NOWHERE
    }

    /** The place of a call, with its number among all that are known by now. */
    internal fun site(call: Call): CallSite {
        val alike =
            calls.values.filter {
                it.file == call.file && it.line == call.line && it.word == call.word
            }
        val before = alike.count { it.isBefore(call) }
        return CallSite(call.file, call.line, call.word, before, alike.size)
    }

    private fun site(part: Any): CallSite? = parts[part]?.takeIf { it != NOWHERE }?.let(::site)

    /** What identifies a call: its place in the compiled program. */
    internal data class Key(val type: String, val method: String, val byteCode: Int)

    internal class Call(
        private val key: Key,
        val file: String,
        val line: Int,
        val word: String,
        private val chain: List<Key>,
    ) {
        /** Whether the text has it before another call; both are on one line. */
        fun isBefore(other: Call): Boolean {
            if (this == other) return false
            for ((own, its) in chain.zip(other.chain)) {
                if (own == its) continue
                if (own.method == its.method) return own.byteCode < its.byteCode
                return compare(numbers(own.method), numbers(its.method)) < 0
            }
            return chain.size < other.chain.size
        }

        override fun equals(other: Any?): Boolean = other is Call && other.key == key

        override fun hashCode(): Int = key.hashCode()
    }

    private companion object {
        val STACK: StackWalker = StackWalker.getInstance()
        val NOWHERE = Call(Key("", "", 0), "", 0, "", emptyList())

        fun chain(own: List<StackFrame>) =
            own.reversed().map { Key(it.className, it.methodName, it.byteCodeIndex) }

        fun word(frame: StackFrame) = calledWord(frame.className, frame.methodName)

        /** Of `gan$lambda$0$1` 0 and 1: lambdas are numbered in the order of the text. */
        fun numbers(method: String) = NUMBER.findAll(method).map { it.groupValues[1] }.toList()

        val NUMBER = Regex("\\$(\\d+)")

        fun compare(a: List<String>, b: List<String>): Int {
            for ((x, y) in a.zip(b)) if (x != y) return x.toInt() - y.toInt()
            return a.size - b.size
        }

        /** A component of a record, or an item of a list. */
        fun below(part: Any, key: String): Any? =
            when (part) {
                is List<*> -> key.toIntOrNull()?.let(part::getOrNull)
                is Record ->
                    part.javaClass.recordComponents
                        .find { it.name == key }
                        // A class of a script is not public.
                        ?.let { it.accessor.apply { isAccessible = true }.invoke(part) }
                else -> null
            }
    }
}

/**
 * A call in a program's text.
 *
 * @property file the name of the file, without its folder
 * @property line its line, from 1
 * @property word what is called, as it is written there: `conv`, or `+`
 * @property index how many calls of this word come before it on this line
 * @property count how many calls of this word on this line are known; there are more if some of
 *   them never ran
 */
public data class CallSite(
    val file: String,
    val line: Int,
    val word: String,
    val index: Int,
    val count: Int,
) {
    public companion object {
        /**
         * How a program writes the call of a method: `conv` for `conv$default`, `loss` for
         * `setLoss`.
         *
         * @param type the name of the method's class
         */
        @JvmStatic public fun word(type: String, method: String): String = calledWord(type, method)
    }
}

private fun calledWord(type: String, method: String): String {
    val name = method.substringBefore("\$default")
    val isSetter = name.length > 3 && name.startsWith("set") && name[3].isUpperCase()
    return when {
        name == "<init>" -> type.substringAfterLast('.').substringAfterLast('$')
        name == "unaryPlus" -> "+"
        isSetter -> name[3].lowercase() + name.substring(4)
        else -> name
    }
}
