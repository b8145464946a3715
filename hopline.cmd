@echo off
rem Finds a JDK 21 or newer, builds Hopline when it is missing or older than its sources, and runs it.
rem Standard output belongs to the program alone: what the build says goes to standard error, and only when it fails.
rem Checked by reading; not run on Windows by the build.

setlocal EnableExtensions DisableDelayedExpansion
set "hopline_home=%~dp0"
set "hopline_app=%hopline_home%cli\target\app"
set "hopline_stamp=%hopline_app%\built"
set "hopline_cache=%hopline_app%\hopline.aot"
set "main=hopline.cli/hopline.cli.Main"
rem Native access is for zstd and for filters by libpcap; the cache must have been made with it to be used with it.
set "options=--enable-native-access=com.github.luben.zstd_jni,com.sun.jna -Xmx480m -XX:+UseParallelGC -XX:MaxTenuringThreshold=0 -XX:NewRatio=3 -XX:OldPLABSize=8192 -XX:FreqInlineSize=70 -Xlog:disable -Xlog:all=error:stderr -Xlog:aot*=off:stderr"
set "java="

call :find_java
if not defined java (
    echo hopline: Java 21 or newer is needed, and was not found; set JAVA_HOME to a JDK 21 or newer 1>&2
    exit /b 4
)
if exist "%hopline_home%cli\src\" (
    call :is_built || call :build || exit /b 4
)

rem The program writes UTF-8, which a console shows in code page 65001 only. Without a console chcp fails: no matter.
set "codepage="
for /f "tokens=2 delims=:." %%c in ('chcp 2^>nul') do set "codepage=%%c"
if defined codepage chcp 65001 >nul 2>&1

rem A batch file cannot tell a console from a pipe, as the shell's launcher does: --color always turns colours on.
set "cached="
if exist "%hopline_cache%" if %major% geq 25 set cached="-XX:AOTCache=%hopline_cache%"
rem Little is read in less time than the optimising compiler takes to learn how; where much is done with each packet, and
rem many are alike, that pays late. Folders count as little here.
set "most=33554432"
for %%v in (analyze flows report diagram) do if "%~1"=="%%v" set "most=671088640"
if "%~1"=="packets" set "most=67108864"
set "quick=yes"
call :measure %*
if defined quick (
    set "options=%options% -XX:TieredStopAtLevel=1"
) else for %%v in (analyze flows packets report diagram) do if "%~1"=="%%v" set "options=%options% -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=10000 -XX:Tier4CompileThreshold=60000 -XX:Tier4BackEdgeThreshold=150000"
"%java%\bin\java.exe" %options% %HOPLINE_OPTS% %cached% -p "%hopline_app%" -m %main% %*
set "code=%errorlevel%"

if defined codepage chcp %codepage% >nul 2>&1
exit /b %code%


rem Clears quick when one of the arguments is a file of more than %most% octets.
:measure
if "%~1"=="" exit /b
for %%f in ("%~1") do if exist "%%~f" if %%~zf gtr %most% set "quick="
shift
goto measure

rem Sets java to the first home of a Java of at least 21, and major to its version.
:find_java
if defined HOPLINE_JAVA_HOME call :try "%HOPLINE_JAVA_HOME%"
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~dp$PATH:j.."
for %%v in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto") do (
    for /d %%d in ("%ProgramFiles%\%%~v\*") do call :try "%%~d"
)
exit /b

rem Sets java to the JDK or JRE in that folder if it is new enough and none was found before. Its release file tells the
rem version: starting a JVM to ask would take longer.
:try
if defined java exit /b
if not exist "%~1\bin\java.exe" exit /b
if not exist "%~1\release" exit /b
set "version=0"
for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" set "version=%%~b"
for /f "delims=.-+_" %%n in ("%version%") do if %%n geq 21 (
    set "java=%~1"
    set "major=%%n"
)
exit /b

rem Fails unless the last build is newer than all sources and jars: other jars do not fit the cache of its rehearsal.
rem Batch files alone cannot compare times to the second.
:is_built
if not exist "%hopline_stamp%" exit /b 1
powershell -NoLogo -NoProfile -Command ^
    "$built = (Get-Item -LiteralPath $env:hopline_stamp).LastWriteTimeUtc;" ^
    "Set-Location -LiteralPath $env:hopline_home;" ^
    "$sources = @(Get-Item pom.xml, *\pom.xml, cli\target\app\*.jar) + @(Get-Item *\src\main | Get-ChildItem -Recurse);" ^
    "if ($sources | Where-Object { $_.LastWriteTimeUtc -gt $built }) { exit 1 } else { exit 0 }"
exit /b %errorlevel%

:build
for %%m in (mvn.cmd) do if "%%~$PATH:m"=="" (
    echo hopline: Maven ^(mvn^) is needed to build it the first time, and was not found 1>&2
    exit /b 1
)
if not defined JAVA_HOME set "JAVA_HOME=%java%"
set "log=%TEMP%\hopline-build-%RANDOM%%RANDOM%.log"
pushd "%hopline_home%" || exit /b 1
rem mvn is a batch file too: without call, this one would end with it.
call mvn -q -B -Dmaven.test.skip=true -pl cli -am package >"%log%" 2>&1
set "code=%errorlevel%"
popd
if "%code%"=="0" (
    call :warm_up
    echo built>"%hopline_stamp%"
) else (
    type "%log%" 1>&2
    echo hopline: it could not be built 1>&2
)
del "%log%"
exit /b %code%

rem A JDK of 25 or newer remembers classes and hot code of a rehearsal: later runs start in half the time. Without it
rem all is well.
:warm_up
if exist "%hopline_cache%" del "%hopline_cache%"
if %major% lss 25 exit /b
"%java%\bin\java.exe" %options% "-XX:AOTCacheOutput=%hopline_cache%" ^
    "-Dhopline.rehearsal=%hopline_home%sample-captures" -p "%hopline_app%" -m %main% --version >nul 2>&1
exit /b
