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
return true
