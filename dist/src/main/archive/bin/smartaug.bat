@echo off
rem SmartAug's command line. Needs Java 17 or newer: that of JAVA_HOME, or else the one that is found as java.
rem   SMARTAUG_JAVA_OPTIONS   options of the virtual machine, such as -Xmx8g
rem   SMARTAUG_CLASS_PATH     jars that add models, transforms and others
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
set "class_path=%~dp0..\lib\*"
if defined SMARTAUG_CLASS_PATH set "class_path=%class_path%;%SMARTAUG_CLASS_PATH%"
"%java%" -Djava.awt.headless=true %SMARTAUG_JAVA_OPTIONS% "-Dsmartaug.launcher=%~0" -cp "%class_path%" io.github.smartaug.cli.Main %*
exit /b %errorlevel%
