package dev.sparring.cli.cluster

import dev.sparring.cli.ChildJvm
import java.io.IOException
import java.net.URI
import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.Attributes
import java.util.jar.JarFile

/** The class path of the command line without what the user has added to it, such as Spark. */
internal object ChildClassPath {
    /**
     * The jar of the command line, if it stands among the jars that it names: a built or unpacked
     * distribution. Else the class path of this process.
     */
    fun find(): String {
        val whole = System.getProperty("java.class.path")
        val source =
            Class.forName(ChildJvm.MAIN).protectionDomain.codeSource?.location ?: return whole
        val jar = Path.of(source.toURI())
        return if (Files.isRegularFile(jar) && isComplete(jar)) "$jar" else whole
    }

    /** Whether everything is there that the jar's manifest has on its class path. */
    fun isComplete(jar: Path): Boolean {
        val names =
            try {
                JarFile(jar.toFile()).use {
                    it.manifest?.mainAttributes?.getValue(Attributes.Name.CLASS_PATH)
                }
            } catch (_: IOException) {
                null
            }
        val uris = names?.split(' ')?.filter(String::isNotEmpty) ?: return false
        return uris.all { Files.exists(Path.of(jar.toUri().resolve(URI(it)))) }
    }
}
