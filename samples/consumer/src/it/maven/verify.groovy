// Runs the programs and the session as a reader would, each in a JVM of its own.
String path = new File(basedir, 'target/classes').path + File.pathSeparator +
    new File(basedir, 'target/classpath').text.trim()
String bin = System.getProperty('java.home') + '/bin/'

def run = { String said, List<String> command ->
  File log = new File(basedir, 'target/run.log')
  Process process = new ProcessBuilder(command)
      .directory(basedir).redirectErrorStream(true).redirectOutput(log)
      .redirectInput(new File(basedir, 'session.jsh')).start()
  int code = process.waitFor()
  String text = log.getText('UTF-8')
  println text
  assert code == 0 : "${command.last()} ended with ${code}"
  assert text.readLines().any { it.startsWith(said) } : "${command.last()} did not say '${said}'"
  assert !text.contains('WARNING') : "${command.last()} warns"
}

List<String> java = [bin + 'java', '--enable-native-access=ALL-UNNAMED', '-cp', path]
run('trained in Java: 1024 values', java + ['Embed'])
run('trained in Kotlin: 32 values', java + ['EmbedKt'])
run('trained in JShell: 32 values',
    [bin + 'jshell', '-R--enable-native-access=ALL-UNNAMED', '-s', '--class-path', path, 'session.jsh'])

// Gradle reads other parts of our POMs. Debian's knows no build files in Kotlin, as the README has one: the
// coordinates are those of the README.
boolean hasGradle = (System.getenv('PATH') ?: '').split(File.pathSeparator).any { new File(it, 'gradle').canExecute() }
if (!hasGradle) {
  println 'no gradle here: the README\'s snippet for Gradle is not tried'
  return true
}
def coordinates = (new File(readme as String).getText('UTF-8') =~ /implementation\("(dev\.sparring:[^"]+)"\)/)
    .collect { it[1] }
assert coordinates.size() == 2 : "the README has other dependencies for Gradle: ${coordinates}"
File project = new File(basedir, 'target/gradle')
// Of ours only: Maven's repository lacks jars of other platforms, and Gradle asks no second one for them.
File repository = new File(project, 'repository')
File ours = new File(localRepositoryPath as String, 'dev/sparring')
ours.eachFileRecurse { File from ->
  if (from.isFile()) {
    File to = new File(new File(repository, 'dev/sparring'), ours.toPath().relativize(from.toPath()).toString())
    to.parentFile.mkdirs()
    to.bytes = from.bytes
  }
}
new File(project, 'src/main/java').mkdirs()
new File(project, 'settings.gradle').setText("rootProject.name = 'embed'\n", 'UTF-8')
new File(project, 'src/main/java/Embed.java')
    .setText(new File(basedir, 'src/main/java/Embed.java').getText('UTF-8'), 'UTF-8')
new File(project, 'build.gradle').setText("""apply plugin: 'java'
repositories {
  maven { url '${repository.toURI()}' }
  mavenCentral()
}
dependencies {
${coordinates.collect { "  implementation '${it}'" }.join('\n')}
}
task classpath {
  doLast {
    println sourceSets.main.runtimeClasspath.asPath
  }
}
""", 'UTF-8')
File log = new File(project, 'gradle.log')
Process gradle = new ProcessBuilder('gradle', '--no-daemon', '-q', 'classes', 'classpath')
    .directory(project).redirectErrorStream(true).redirectOutput(log).start()
assert gradle.waitFor() == 0 : "gradle: ${log.getText('UTF-8')}"
run('trained in Java: 1024 values',
    [bin + 'java', '--enable-native-access=ALL-UNNAMED', '-cp', log.readLines().last(), 'Embed'])
return true
