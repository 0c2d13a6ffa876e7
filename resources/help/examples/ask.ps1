# Asks the posmember window of this session for a member's usable coupons.
# powershell -File ask.ps1 CODE [AMOUNT]
param([Parameter(Mandatory = $true)][string]$Code, [string]$Amount = "")

$user = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
$name = "posmember-$user-s$((Get-Process -Id $PID).SessionId)"
$utf8 = New-Object Text.UTF8Encoding($false)
$pipe = New-Object IO.Pipes.NamedPipeClientStream(".", $name, [IO.Pipes.PipeDirection]::InOut)
try {
    $pipe.Connect(2000)
    $reader = New-Object IO.StreamReader($pipe, $utf8)
    $request = @{ protocol = 1; do = "ask"; identifier = $Code }
    if ($Amount) { $request.amount = $Amount }
    $line = $utf8.GetBytes(($request | ConvertTo-Json -Compress) + "`n")
    $pipe.Write($line, 0, $line.Length)
    $answer = $reader.ReadLine() | ConvertFrom-Json
    if (-not $answer.ok) {
        [Console]::Error.WriteLine("$($answer.error): $($answer.message)")
        exit 6
    }
    if ($answer.words) { [Console]::Error.WriteLine($answer.words) }
    foreach ($coupon in $answer.report.coupons) {
        if ($coupon.verdict -eq "usable") {
            "{0} {1} {2}" -f $coupon.redemption_code, $coupon.title, $coupon.estimated_saving
        }
    }
    exit $answer.exit
}
finally { $pipe.Dispose() }
