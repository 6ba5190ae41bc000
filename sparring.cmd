@echo off
rem Runs Sparring's command line on Windows: from a source tree, where it is built the first time, or from
rem bin\ of an unpacked distribution, whose jars are in lib\. Written, but not run yet on Windows.
rem SPARRING_JAVA_OPTS adds options for the JVM and overrides those below, e.g. -Xmx4g. SPARRING_CLASSPATH adds
rem jars after ours, e.g. sparring-spark.jar;C:\spark\jars\*.
setlocal
set "HOME_DIR=%~dp0"

if defined JAVA_HOME goto javahome
set "JAVA=java"
where java >nul 2>nul
if errorlevel 1 (
  echo sparring: no java found; put Java 17 or newer on the PATH or set JAVA_HOME 1>&2
  exit /b 2
)
goto version
:javahome
set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" (
  echo sparring: JAVA_HOME is '%JAVA_HOME%', where there is no bin\java.exe; Java 17 or newer is needed 1>&2
  exit /b 2
)

:version
set "VERSION="
for /f "tokens=2 delims==" %%v in ('call "%JAVA%" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do set "VERSION=%%v"
rem Java 8 calls itself 1.8: compared as the number 1.
set "MAJOR=0"
for /f "tokens=1 delims=. " %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
  echo sparring: Java 17 or newer is needed, %JAVA% is%VERSION% 1>&2
  exit /b 2
)

if exist "%HOME_DIR%pom.xml" goto source
set "DIST=%HOME_DIR%..\lib"
if exist "%DIST%\sparring-cli-*.jar" goto run
echo sparring: no Sparring in %DIST%; keep this file in bin\ of the unpacked distribution 1>&2
exit /b 2

:source
set "DIST=%HOME_DIR%dsl\cli\target\dist\lib"
set "OPTIONS=-q -Dmaven.test.skip=true -Dspotless.check.skip=true -pl dsl/cli -am package"
rem Unlike the script for Unix it does not look at the ages of all sources: it says so each time.
if exist "%DIST%\sparring-cli-*.jar" (
  echo sparring: runs what was built last; after a change of the sources delete dsl\cli\target\dist 1>&2
  goto run
)
echo building sparring (first run only) ... 1>&2
pushd "%HOME_DIR%"
call mvnw.cmd %OPTIONS% 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo sparring: the build failed; see above 1>&2
  exit /b 1
)

:run
rem Two collectors are an error of the JVM's, so one that the user names takes its place.
set "COLLECTOR=-XX:+UseSerialGC"
echo %SPARRING_JAVA_OPTS% %JDK_JAVA_OPTIONS% %JAVA_TOOL_OPTIONS% | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul
if not errorlevel 1 set "COLLECTOR="
rem As in the other launcher: less to compile at a start.
set "LATER=-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"
set "UNSAFE="
if %MAJOR% GEQ 23 set "UNSAFE=--sun-misc-unsafe-memory-access=allow"
rem Packages that Spark reaches into. Not always: the JVM starts slower with any of them open.
set "OPENS="
set "CLASSES=%DIST%\*"
if not defined SPARRING_CLASSPATH goto start
set "CLASSES=%DIST%\*;%SPARRING_CLASSPATH%"
set "OPENS=--add-exports=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED"
:start
"%JAVA%" %UNSAFE% -Xmx1g -Xms64m -XX:NewSize=16m %LATER% %COLLECTOR% -Xshare:auto --enable-native-access=ALL-UNNAMED %OPENS% %SPARRING_JAVA_OPTS% -cp "%CLASSES%" dev.sparring.cli.MainKt %*
exit /b %ERRORLEVEL%
