#requires -Version 5.1
# Captures on this Windows node, with the state that explains the packets, and leaves one bundle for "hopline analyze".
# Made by: hopline capture script, version @@VERSION@@. Needs nothing but Windows; downloads nothing.
#
#   powershell -NoProfile -ExecutionPolicy Bypass -File capture.ps1                    until a key is pressed
#   powershell -NoProfile -ExecutionPolicy Bypass -File capture.ps1 -Seconds 60
#   powershell -NoProfile -ExecutionPolicy Bypass -File capture.ps1 -Stop              ends one that runs elsewhere
#   powershell -NoProfile -ExecutionPolicy Bypass -File capture.ps1 -CleanUp           after a crash
#
# Exit codes: 0 done, 4 the node did not allow it (the reason is printed).
param(
    [string]$Folder = '@@FOLDER@@',
    [string]$Node = $env:COMPUTERNAME.ToLowerInvariant(),
    [int]$Seconds = @@SECONDS@@,
    [switch]$Stop,
    [switch]$CleanUp,
    [switch]$Linger
)

$ErrorActionPreference = 'Stop'
trap {
    [Console]::Error.WriteLine("hopline: $_")
    exit 4
}
try {
    # Read as programs write: PowerShell's children set the console so, and others follow it.
    [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false
} catch {
    # There is no console, which is as well.
}

# .NET and PowerShell differ in what a relative path begins with, and are to agree on its length.
$Folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder)
$MaxOctets = @@MAX_OCTETS@@
$KeepFree = @@KEEP_FREE@@
$Ring = $@@RING@@
$UntilDrop = $@@UNTIL_DROP@@
$KeepFilters = $@@KEEP_FILTERS@@
$Backend = '@@BACKEND@@'
$Work = Join-Path $Folder "$Node.part"
$Trace = Join-Path $Work 'trace.etl'
$Bundle = Join-Path $Folder "$Node.zip"
$StopFile = Join-Path $Folder "$Node.stop"
$LockFile = Join-Path $Folder "$Node.lock"
$Build = [Environment]::OSVersion.Version.Build
$Started = [DateTime]::UtcNow
$Commands = New-Object System.Collections.ArrayList
$Bounds = New-Object System.Collections.ArrayList
$Failures = New-Object System.Collections.ArrayList
$Complete = $true
$Reason = ''
$Lock = $null

function Deny([string]$Message) {
    [Console]::Error.WriteLine("hopline: $Message")
    exit 4
}

# What a secret looks like, and what stands in its place: the same in every language of Windows.
$AsciiOnly = [Text.RegularExpressions.RegexOptions]'ECMAScript, CultureInvariant'
$SecretForms = @(
@@SECRET_FORMS@@
)
$SecretBlock = @@SECRET_BLOCK@@
$SecretBlockMark = @@SECRET_BLOCK_MARK@@
$SecretBlockEnd = @@SECRET_BLOCK_END@@
$InSecret = $false

# Takes secrets out of the next line of a text.
function Clear-Secret([string]$Line) {
    if ($script:InSecret) {
        $end = $SecretBlockEnd.Match($Line)
        $script:InSecret = -not $end.Success
        if ($script:InSecret) {
            return '[removed]'
        }
        return '[removed]' + (Clear-Secret $Line.Substring($end.Index + $end.Length))
    }
    foreach ($block in $SecretBlock.Matches($Line)) {
        $last = @($SecretBlockMark.Matches($block.Value))[-1].Value
        $script:InSecret = $block.Index + $block.Length -eq $Line.Length -and $last.StartsWith('-----BEGIN')
    }
    $Line = $SecretBlock.Replace($Line, '[removed]')
    foreach ($form in $SecretForms) {
        $Line = $form[0].Replace($Line, $form[1])
    }
    return $Line
}

# Runs a program with its arguments as they are, and keeps what it prints without secrets. Never throws.
function Invoke-Program([string]$Output, [string[]]$Words) {
    $ErrorActionPreference = 'Continue'
    $from = [DateTime]::UtcNow
    $code = -1
    $text = @()
    try {
        $arguments = @()
        if ($Words.Count -gt 1) {
            $arguments = $Words[1..($Words.Count - 1)]
        }
        $global:LASTEXITCODE = 0
        $script:InSecret = $false
        $text = @(& $Words[0] $arguments 2>&1 | ForEach-Object { Clear-Secret ([string]$_) })
        $code = $global:LASTEXITCODE
    } catch {
        $text = @([string]$_)
    }
    if ($Output -ne '' -and $text.Count -gt 0) {
        $file = Join-Path $Work $Output
        New-Item -ItemType Directory -Force -Path (Split-Path $file) | Out-Null
        [IO.File]::WriteAllLines($file, [string[]]$text)
    }
    $entry = [ordered]@{
        words = $Words
        started = $from.ToString('o')
        milliseconds = [int]([DateTime]::UtcNow - $from).TotalMilliseconds
        exitCode = $code
    }
    if ($Output -ne '') {
        $entry.output = $Output
    }
    [void]$Commands.Add($entry)
    return @{ Code = $code; Text = ($text -join "`n") }
}

function Get-Free {
    return (New-Object IO.DriveInfo ([IO.Path]::GetPathRoot($Work))).AvailableFreeSpace
}

function Get-Size {
    if (Test-Path -LiteralPath $Trace) {
        return (Get-Item -LiteralPath $Trace).Length
    }
    return 0
}

function Get-Drops {
    $sum = 0
    $counters = Invoke-Program '' @('pktmon', 'counters', '--type', 'drop', '--json')
    $Commands.RemoveAt($Commands.Count - 1) # asked every few seconds, however long
    foreach ($match in [regex]::Matches($counters.Text, '"Packets"\s*:\s*(\d{1,18})')) {
        $sum += [long]$match.Groups[1].Value
    }
    return $sum
}

# Whether a script that captures is at work: it holds its file open, and whatever ends it, Windows closes the file.
function Test-Held {
    if (-not (Test-Path -LiteralPath $LockFile)) {
        return $false
    }
    try {
        [IO.File]::Open($LockFile, 'Open').Dispose()
        return $false
    } catch {
        return $true
    }
}

# Whether a capture runs: @{ Running; Ours }.
function Get-Running {
    if ($Backend -eq 'netsh') {
        $status = Invoke-Program '' @('netsh', 'trace', 'show', 'status')
        $runs = $status.Code -eq 0
        $said = $status.Text
    } else {
        $status = Invoke-Program '' @('pktmon', 'status')
        $session = Invoke-Program '' @('logman', 'query', 'PktMon', '-ets')
        $lines = @($status.Text -split "`n" | Where-Object { $_.Trim() -ne '' }).Count
        $idle = $status.Text.Contains('is not running')
        $runs = ($session.Code -eq 0) -or ((-not $idle) -and ($lines -gt 1))
        $said = $status.Text + $session.Text
    }
    $compact = ($said -replace '\s', '').ToLowerInvariant()
    $ours = $compact.Contains((("$Node.part\trace.etl") -replace '\s', '').ToLowerInvariant())
    return @{ Running = $runs; Ours = ($runs -and $ours) }
}

function Test-Filters {
    $list = Invoke-Program '' @('pktmon', 'filter', 'list')
    return @($list.Text -split "`n" | Where-Object { $_.Trim() -match '^\d+\s+\S' })
}

function Save-State([string]$Where) {
@@STATE@@
    $ports = Join-Path $Work "$Where/ports.txt"
    if (Test-Path -LiteralPath $ports) {
        foreach ($match in [regex]::Matches([IO.File]::ReadAllText($ports), '(?im)^\s*Port name\s*:\s*([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\s*$')) {
            $port = $match.Groups[1].Value
            foreach ($question in @('/list-space', '/list-mapping', '/get-rule-counter', '/get-port-state', '/list-nat-range', '/get-flow-stats', '/get-port-counter')) {
                [void](Invoke-Program "$Where/vfp/$port$($question -replace '/', '-').txt" @('vfpctrl', '/port', $port, $question))
            }
        }
    }
    foreach ($settings in @('C:\k\cni\config', 'C:\etc\cni\net.d')) {
        foreach ($file in @(Get-ChildItem -Path $settings -File -ErrorAction SilentlyContinue | Where-Object { $_.Extension -in '.conf', '.conflist', '.json' })) {
            $to = Join-Path $Work "$Where/cni"
            New-Item -ItemType Directory -Force -Path $to | Out-Null
            $script:InSecret = $false
            try {
                [IO.File]::WriteAllLines((Join-Path $to $file.Name), [string[]]@([IO.File]::ReadAllLines($file.FullName) | ForEach-Object { Clear-Secret $_ }))
            } catch {
                [void]$Failures.Add("settings of network plugins: $($file.FullName): $_")
            }
        }
    }
}

function Start-Capture {
    if ($Backend -eq 'netsh') {
        $start = @(
@@START_NETSH@@
        )
    } elseif ($Build -lt 19041) {
        $start = @(
@@START_OLD@@
        )
    } else {
        $start = @(
@@START@@
        )
    }
    foreach ($words in $start) {
        $result = Invoke-Program '' $words
        if ($result.Code -ne 0) {
            throw "the capture could not be started: $($words -join ' '): exit code $($result.Code) $($result.Text)"
        }
    }
}

function Stop-Capture {
    if ($Backend -eq 'netsh') {
@@COUNTERS_NETSH@@
        $result = Invoke-Program '' @('netsh', 'trace', 'stop')
    } else {
        if ($Build -lt 19041) {
@@COUNTERS_OLD@@
        } else {
@@COUNTERS@@
        }
        $result = Invoke-Program '' @('pktmon', 'stop')
    }
    if ($result.Code -ne 0) {
        [void]$Failures.Add("the capture may still be running: exit code $($result.Code) $($result.Text)")
        $script:Complete = $false
    }
}

# Only filters of ours are removed: they go all at once.
function Remove-Filters {
    if ($Backend -eq 'pktmon' -and $@@SETS_FILTERS@@) {
        $others = @(Test-Filters | Where-Object { $_.Trim() -notmatch '^\d+\s+hopline\d+' })
        if ($others.Count -eq 0) {
            [void](Invoke-Program '' @('pktmon', 'filter', 'remove'))
        } else {
            [void]$Failures.Add('filters that the capture had set are still there, because others stand beside them')
        }
    }
}

function Wait-Capture {
    $from = [DateTime]::UtcNow
    $drops = 0
    if ($UntilDrop) {
        $drops = Get-Drops
    }
    $looks = 0
    while ($true) {
        Start-Sleep -Milliseconds 500
        $looks++
        if ($Seconds -gt 0 -and ([DateTime]::UtcNow - $from).TotalSeconds -ge $Seconds) {
            return "its $Seconds s are over"
        }
        if (Test-Path -LiteralPath $StopFile) {
            return 'it was asked to stop'
        }
        if ((-not $Ring) -and (-not $UntilDrop) -and (Get-Size) -ge 0.9 * $MaxOctets) {
            [void]$Bounds.Add("$MaxOctets octets are reached")
            return 'its size is reached'
        }
        if ((Get-Free) -lt $KeepFree + (Get-Size)) {
            [void]$Bounds.Add("the disk fills: $(Get-Free) octets are free")
            return 'the disk fills'
        }
        if ($UntilDrop -and ($looks % 4) -eq 0 -and (Get-Drops) -gt $drops) {
            Start-Sleep -Seconds 1
            return 'a packet was dropped'
        }
        $key = $false
        try {
            $key = [Console]::KeyAvailable
        } catch {
            $key = $false
        }
        if ($key) {
            [void][Console]::ReadKey($true)
            return 'a key was pressed'
        }
    }
}

function Write-Manifest {
    $files = @(Get-ChildItem -LiteralPath $Work -Recurse -File | Where-Object { $_.Name -ne 'manifest.json' } | ForEach-Object {
        [ordered]@{
            name = $_.FullName.Substring($Work.Length + 1).Replace('\', '/')
            octets = $_.Length
            sha256 = (Get-FileHash -Algorithm SHA256 -LiteralPath $_.FullName).Hash.ToLowerInvariant()
        }
    })
    $manifest = [ordered]@{
        kind = 'hopline-bundle'
        schemaVersion = 1
        purpose = 'capture'
        complete = $Complete
        node = $Node
        system = [ordered]@{ name = 'Windows'; build = [string]$Build; version = [Environment]::OSVersion.Version.ToString() }
        tools = [ordered]@{ 'hopline capture script' = '@@VERSION@@'; powershell = $PSVersionTable.PSVersion.ToString() }
        started = $Started.ToString('o')
        ended = [DateTime]::UtcNow.ToString('o')
        clock = [ordered]@{ zone = [TimeZoneInfo]::Local.Id; secondsEastOfUtc = [int][TimeZoneInfo]::Local.GetUtcOffset([DateTime]::UtcNow).TotalSeconds }
        stopped = $Reason
        plan = [ordered]@{
@@PLAN@@
        }
        commands = @($Commands)
        files = $files
        bounds = @($Bounds)
        failures = @($Failures)
    }
    [IO.File]::WriteAllText((Join-Path $Work 'manifest.json'), (ConvertTo-Json -Depth 8 $manifest))
}

# The archive's names have slashes, which CreateFromDirectory of older frameworks does not write.
function Save-Bundle {
    Add-Type -AssemblyName System.IO.Compression
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    $part = "$Bundle.part"
    if (Test-Path -LiteralPath $part) {
        Remove-Item -LiteralPath $part
    }
    $zip = [IO.Compression.ZipFile]::Open($part, [IO.Compression.ZipArchiveMode]::Create)
    try {
        foreach ($file in Get-ChildItem -LiteralPath $Work -Recurse -File) {
            $name = $file.FullName.Substring($Work.Length + 1).Replace('\', '/')
            [void][IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file.FullName, $name, [IO.Compression.CompressionLevel]::Fastest)
        }
    } finally {
        $zip.Dispose()
    }
    Move-Item -Force -LiteralPath $part -Destination $Bundle
    Remove-Item -Recurse -Force -LiteralPath $Work
}

function Complete-Bundle {
    Save-State 'state/after'
    Write-Manifest
    Save-Bundle
    if (Test-Path -LiteralPath $StopFile) {
        Remove-Item -LiteralPath $StopFile
    }
    if ($Lock) {
        $Lock.Dispose()
    }
    Write-Host "bundle: $Bundle" # what is written to the pipeline after Ctrl-C is lost
    if ($Linger) {
        Write-Host 'it stays here until this pod is deleted'
        while ($true) {
            Start-Sleep -Seconds 5
        }
    }
}

# --- checks

$identity = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
if (-not $identity.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
    Deny 'capturing needs an administrator: open PowerShell with "Run as administrator"'
}
if ($Stop) {
    if (-not (Test-Path -LiteralPath $Work)) {
        Write-Output 'no capture is running'
        exit 0
    }
    [IO.File]::WriteAllText($StopFile, 'stop')
    while (Test-Path -LiteralPath $Work) {
        if (-not (Test-Held)) {
            Remove-Item -LiteralPath $StopFile
            Deny "the capture that was begun in $Work has ended without its bundle: -CleanUp makes it"
        }
        Start-Sleep -Milliseconds 500
    }
    Write-Output "bundle: $Bundle"
    exit 0
}
New-Item -ItemType Directory -Force -Path $Folder | Out-Null
if ($Backend -eq 'auto') {
    if ($Build -ge 17763 -and (Get-Command pktmon -ErrorAction SilentlyContinue)) {
        $Backend = 'pktmon'
    } else {
        $Backend = 'netsh'
    }
}
if ($CleanUp) {
    if (-not (Test-Path -LiteralPath $Work)) {
        Write-Output 'nothing was left behind'
        exit 0
    }
    if (Test-Held) {
        Deny "the capture that was begun in $Work is still running: -Stop ends it"
    }
    $Complete = $false
    $Reason = 'it was cleaned up after its process had ended'
    [void]$Failures.Add('the process that captured ended without stopping the capture')
    if ((Get-Running).Ours) {
        Stop-Capture
    }
    Remove-Filters
    Complete-Bundle
    exit 0
}
if (Test-Path -LiteralPath $Work) {
    Deny "a capture was begun in $Work and has not ended: -Stop ends it, -CleanUp cleans up after a crash"
}
if (Test-Path -LiteralPath $Bundle) {
    Deny "$Bundle exists already: move it away, or name another -Folder"
}
if ((Get-Running).Running) {
    Deny "$Backend is already capturing, and not for Hopline: it is left alone. Whoever started it stops it"
}
if ($Backend -eq 'pktmon' -and @(Test-Filters).Count -gt 0) {
    if (-not $KeepFilters) {
        Deny 'somebody has set filters of Packet Monitor (pktmon filter list): they are left alone'
    }
    if ($@@SETS_FILTERS@@) {
        Deny 'somebody has set filters of Packet Monitor, and filters can only be removed all at once'
    }
}
if ((Get-Free) -lt 2 * $MaxOctets + $KeepFree) {
    Deny "$(Get-Free) octets are free, and this plan may need $(2 * $MaxOctets + $KeepFree)"
}

# --- the capture

$trying = $false
$running = $false
$Lock = [IO.File]::Create($LockFile, 1, [IO.FileOptions]::DeleteOnClose)
try {
    if (Test-Path -LiteralPath $StopFile) {
        Remove-Item -LiteralPath $StopFile # of one that had just ended
    }
    New-Item -ItemType Directory -Force -Path $Work | Out-Null
    Save-State 'state/before'
    $trying = $true
    Start-Capture
    $running = $true
    Write-Output "capturing with $Backend; a key, -Stop or Ctrl-C ends it"
@@PROBES@@
    $Reason = Wait-Capture
} catch {
    $Reason = 'something failed'
    $Complete = $false
    [void]$Failures.Add([string]$_)
    [Console]::Error.WriteLine("hopline: $_")
} finally {
    # Runs after Ctrl-C as well.
    if ($Reason -eq '') {
        $Reason = 'it was interrupted'
    }
    if ($running -or ($trying -and (Get-Running).Ours)) {
        Stop-Capture
    }
    if ($trying) {
        Remove-Filters
    }
    Complete-Bundle
}
if (-not $Complete) {
    exit 4
}
exit 0
